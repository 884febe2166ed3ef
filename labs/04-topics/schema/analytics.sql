-- Analytics database: a line for each order that was counted.
CREATE TABLE counts (
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

-- Whether analytics has left: empty while it takes part.
CREATE TABLE absence (away INTEGER PRIMARY KEY CHECK (away = 1));
