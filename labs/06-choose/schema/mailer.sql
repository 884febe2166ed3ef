-- Mails that went out. Nothing here stops a second one.
CREATE TABLE mails (
  number INTEGER PRIMARY KEY,
  order_id TEXT NOT NULL
);

-- Which events have been dealt with. `source` and `id` together name a CloudEvent.
CREATE TABLE inbox (
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (source, id)
);
