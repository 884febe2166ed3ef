-- What the shop has promised: checkouts, orders, shipments. A checkout is pending until it is decided.
CREATE TABLE requests (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  state TEXT NOT NULL
);

-- A copy of what the price service knows, as far as the shop has heard of it.
CREATE TABLE prices (
  product_id TEXT PRIMARY KEY,
  price_cents INTEGER NOT NULL,
  change_id TEXT NOT NULL
);
