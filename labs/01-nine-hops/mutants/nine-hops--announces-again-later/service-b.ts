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
  // Save the order, then announce it, then answer. If the database refuses it, answer 400 and
  // announce nothing.
  const insert = database.prepare('INSERT INTO orders (id, product_id, quantity) VALUES (?, ?, ?)');
  try {
    insert.run(order.id, order.productId, order.quantity);
  } catch {
    return problem('The order can’t be saved', 400);
  }
  // A CloudEvent (CloudEvents 1.0, structured JSON), at QoS 1. Nobody waits for the bus: if it is down,
  // the client keeps the event in memory until it is back.
  const event = {
    specversion: '1.0',
    id: crypto.randomUUID(),
    source: '/service-b',
    type: 'orders.placed.v1',
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data: { orderId: order.id, productId: order.productId, quantity: order.quantity },
  };
  const announce = () => bus.publish('orders/placed/v1', JSON.stringify(event), { qos: 1 });
  announce();
  // Once more, should the first have got lost.
  setTimeout(announce, 300);
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
