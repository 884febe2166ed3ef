-- Fraud database: what was checked. Nothing here stops an order from being checked twice.
CREATE TABLE checks (
  number INTEGER PRIMARY KEY,
  order_id TEXT NOT NULL,
  verdict TEXT NOT NULL
);

-- Which events have been dealt with. `source` and `id` together name a CloudEvent.
CREATE TABLE inbox (
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (source, id)
);
