-- Authorised payments: one for an order, however often it is asked for.
CREATE TABLE authorisations (
  order_id TEXT PRIMARY KEY,
  amount_cents INTEGER NOT NULL
);
