-- What has to be packed. Nothing here stops an order from standing twice: that is the task.
CREATE TABLE reservations (
  number INTEGER PRIMARY KEY,
  order_id TEXT NOT NULL,
  product_id TEXT NOT NULL,
  quantity INTEGER NOT NULL
);

-- How far the warehouse has read: one row, once there is something to remember.
CREATE TABLE progress (
  feed TEXT PRIMARY KEY,
  cursor TEXT NOT NULL
);
