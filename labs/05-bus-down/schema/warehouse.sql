-- Warehouse database: what is reserved. Nothing here stops an order from being reserved twice.
CREATE TABLE reservations (
  number INTEGER PRIMARY KEY,
  order_id TEXT NOT NULL,
  product_id TEXT NOT NULL,
  quantity INTEGER NOT NULL
);

-- Events that came in. `source` and `id` together name a CloudEvent; attempts are counted here.
CREATE TABLE inbox (
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'dead')),
  PRIMARY KEY (source, id)
);
