-- What the shop has promised: checkouts, orders, shipments.
CREATE TABLE requests (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  state TEXT NOT NULL
);
