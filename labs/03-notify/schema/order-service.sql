-- Order database: orders, as customers placed them.
CREATE TABLE orders (
  id TEXT PRIMARY KEY,
  product_id TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0)
);

-- What is known of each call that an order caused, once it has ended.
CREATE TABLE calls (
  order_id TEXT NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('done', 'not done', 'unknown')),
  PRIMARY KEY (order_id, name)
);
