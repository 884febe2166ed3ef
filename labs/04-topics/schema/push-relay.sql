-- Relay database: endpoints that have registered, and what has to be pushed to them.
CREATE TABLE endpoints (
  name TEXT PRIMARY KEY,
  topic TEXT NOT NULL,
  url TEXT NOT NULL
);

-- One line for each event and endpoint.
CREATE TABLE pushes (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  event TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'waits' CHECK (state IN ('waits', 'done', 'given up'))
);
