-- Orders that were counted. Counting one again changes nothing.
CREATE TABLE counted (order_id TEXT PRIMARY KEY);
