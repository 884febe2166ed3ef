import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import mqtt from 'mqtt';

const { ORDER_DATABASE_FILE, EVENT_BUS_URL, MQTT_CLIENT_ID } = process.env;
const database = new DatabaseSync(ORDER_DATABASE_FILE!, { timeout: 1_000 });
const insert = database.prepare('INSERT INTO orders (id, product_id, quantity) VALUES (?, ?, ?)');
const columns = 'number, id, product_id AS productId, quantity, placed_at AS placedAt';
const everything = database.prepare(`SELECT ${columns} FROM orders ORDER BY number`);
// Task 1: A query for the orders after a cursor, in the order in which they were saved, at most 50.
// Choose what no two orders share, and what never runs backwards.
const someAfter = database.prepare(
  `SELECT ${columns} FROM orders WHERE number > ? ORDER BY number LIMIT 50`,
);
const bus = mqtt.connect(EVENT_BUS_URL!, { clientId: MQTT_CLIENT_ID!, reconnectPeriod: 250 });
bus.on('error', (error) => console.error(error.message));

// Asking with a cursor says: all before it is stored.
let stored = 0;

const app = new Hono();

// Provided: save the order, tell those who listen, answer.
app.post('/orders', async (c) => {
  const { id, productId, quantity } = await c.req.json();
  const number = Number(insert.run(id, productId, quantity).lastInsertRowid);
  const event = {
    specversion: '1.0',
    id: crypto.randomUUID(),
    source: '/order-service',
    type: 'orders.placed.v1',
    datacontenttype: 'application/json',
    data: { orderId: id, productId, quantity },
  };
  bus.publish('orders/placed/v1', JSON.stringify(event), { qos: 1 });
  const isStored = () => stored >= number;
  while (!isStored()) await new Promise((goOn) => setTimeout(goOn, 5));
  return c.json({ id, status: 'placed' }, 201);
});

// The feed. Without a cursor it is the whole list.
app.get('/orders', (c) => {
  const cursor = c.req.query('after');
  stored = Math.max(stored, Number(cursor ?? 0));
  // Task 1: With a cursor: only what came after it, and under `next` the cursor for the next question.
  const orders = cursor === undefined ? everything.all() : someAfter.all(Number(cursor));
  const next = String(orders.at(-1)?.['number'] ?? cursor ?? 0);
  // Task 2: An ETag names this answer. Who has it already (If-None-Match) gets 304 and no body.
  const etag = `"${cursor ?? 'all'}-${next}"`;
  c.header('etag', etag);
  if (c.req.header('if-none-match') === etag) return c.body(null, 304);
  return c.json({ orders, next });
});

export default app;
