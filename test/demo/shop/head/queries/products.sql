-- name: ProductPage :many
SELECT id, sku, price FROM products WHERE id > @after ORDER BY id LIMIT 50;

-- name: SearchProducts :many
SELECT id, sku, price FROM products WHERE sku LIKE '%' || @term ORDER BY sku LIMIT 50 OFFSET @skip;
