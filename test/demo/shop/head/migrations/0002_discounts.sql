-- Discounts by product, looked up by sku.
ALTER TABLE products ADD COLUMN discount integer;
UPDATE products SET discount = 10 WHERE sku LIKE 'sku-%0';
CREATE INDEX products_sku ON products (sku);
