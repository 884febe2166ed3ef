-- Analytics database: what was counted, once for each order.
CREATE TABLE counts (order_id TEXT PRIMARY KEY, quantity INTEGER NOT NULL);
