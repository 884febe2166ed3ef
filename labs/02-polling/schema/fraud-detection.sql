-- Orders that were looked at.
CREATE TABLE looked_at (order_id TEXT PRIMARY KEY);
