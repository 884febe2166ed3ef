-- Warehouse database: what is reserved. Nothing here stops an order from being reserved twice.
CREATE TABLE reservations (
  number INTEGER PRIMARY KEY,
  order_id TEXT NOT NULL,
  product_id TEXT NOT NULL,
  quantity INTEGER NOT NULL
);

-- Which events have been dealt with. `source` and `id` together name a CloudEvent.
CREATE TABLE inbox (
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (source, id)
);
