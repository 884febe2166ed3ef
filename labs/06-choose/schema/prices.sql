-- What a product costs, and which change made it so.
CREATE TABLE prices (
  product_id TEXT PRIMARY KEY,
  price_cents INTEGER NOT NULL,
  change_id TEXT NOT NULL
);
