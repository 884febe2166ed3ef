-- Fraud database: one check for each order, however often it is asked for.
CREATE TABLE checks (
  order_id TEXT PRIMARY KEY,
  verdict TEXT NOT NULL
);
