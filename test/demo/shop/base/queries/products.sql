-- name: ProductPage :many
SELECT id, sku, price FROM products WHERE id > @after ORDER BY id LIMIT 50;
