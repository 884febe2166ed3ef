-- Fraud database: what was checked, once for each order.
CREATE TABLE checks (order_id TEXT PRIMARY KEY, verdict TEXT NOT NULL);
