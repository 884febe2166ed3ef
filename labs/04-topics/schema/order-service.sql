-- Order database: orders, as customers placed them. Who has heard of them is not written here.
CREATE TABLE orders (
  id TEXT PRIMARY KEY,
  product_id TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0)
);
