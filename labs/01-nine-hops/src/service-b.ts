import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import mqtt from 'mqtt';

const { CACHE_B_URL, DATABASE_B_FILE, EVENT_BUS_URL, MQTT_CLIENT_ID } = process.env;
const database = new DatabaseSync(DATABASE_B_FILE!, { timeout: 1_000 });
const find = database.prepare(
  'SELECT id, product_id AS productId, quantity, status FROM orders WHERE id = ?',
);
const bus = mqtt.connect(EVENT_BUS_URL!, { clientId: MQTT_CLIENT_ID!, reconnectPeriod: 250 });
bus.on('error', (error) => console.error(error.message));

const app = new Hono();
const problem = (title: string, status: 400 | 404) =>
  Response.json(
    { title, status },
    { status, headers: { 'content-type': 'application/problem+json' } },
  );

app.post('/orders', async (c) => {
  const order = await c.req.json();
  // TODO task 2: Save the order, then announce it, then answer. If the database refuses it, answer 400 and
  // announce nothing.
  console.log('an order came in', order);
  return c.json({ id: order.id, status: 'placed' }, 202);
});

// Provided: an order's status, read through Cache B.
app.get('/orders/:id', async (c) => {
  const entry = `${CACHE_B_URL}/orders/${c.req.param('id')}`;
  const cached = await fetch(entry);
  if (cached.ok) return c.json(await cached.json());
  const order = find.get(c.req.param('id'));
  if (!order) return problem('No such order', 404);
  await fetch(entry, { method: 'PUT', body: JSON.stringify(order) });
  return c.json(order);
});

export default app;
