-- What customers ordered. `number` counts up and is never given twice, not even after a restart.
-- `placed_at` is a time in whole seconds: several orders may share one.
CREATE TABLE orders (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  product_id TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  placed_at INTEGER NOT NULL DEFAULT (unixepoch())
);
