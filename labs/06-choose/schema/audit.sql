-- The audit trail. Nothing here stops an order from being written down twice.
CREATE TABLE entries (
  number INTEGER PRIMARY KEY,
  order_id TEXT NOT NULL
);
