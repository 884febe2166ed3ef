-- Order database: orders, as customers placed them.
CREATE TABLE orders (
  id TEXT PRIMARY KEY,
  product_id TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  placed_at INTEGER NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER))
);

-- Events that are still owed: a row goes in with its order, and comes out when the warehouse confirms.
CREATE TABLE outbox (
  number INTEGER PRIMARY KEY,
  order_id TEXT NOT NULL,
  event TEXT NOT NULL,
  announced_at INTEGER -- when the bus last acknowledged it, in milliseconds; null: not yet
);
