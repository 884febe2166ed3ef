import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import mqtt from 'mqtt';

const { EVENT_BUS_URL, EVENT_BUS_STANDBY_URL, MQTT_CLIENT_ID, ORDER_DATABASE_FILE } = process.env;
const database = new DatabaseSync(ORDER_DATABASE_FILE!, { timeout: 1_000 });
const save = database.prepare('INSERT INTO orders (id, product_id, quantity) VALUES (?, ?, ?)');
const session = { clientId: MQTT_CLIENT_ID!, clean: false, reconnectPeriod: 250 };

// Two buses to try, one after the other, whenever the connection is lost.
const servers = [EVENT_BUS_URL!, EVENT_BUS_STANDBY_URL!].map((url) => {
  const { hostname, port } = new URL(url);
  return { protocol: 'mqtt' as const, host: hostname, port: Number(port) };
});
const bus = mqtt.connect({ ...session, servers });
bus.on('error', (error) => console.error(error.message));

const app = new Hono();

app.post('/orders', async (c) => {
  const { id, productId, quantity } = await c.req.json();
  const event = {
    specversion: '1.0',
    id: crypto.randomUUID(),
    source: '/order-service',
    type: 'orders.placed.v1',
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data: { orderId: id, productId, quantity },
  };
  try {
    save.run(id, productId, quantity);
  } catch (error) {
    const problem = { title: 'It can’t be saved now', status: 503, detail: String(error) };
    return c.json(problem, 503, { 'content-type': 'application/problem+json' });
  }
  // The event goes straight to the bus. At QoS 1 it can’t get lost, can it?
  bus.publish('orders/placed/v1', JSON.stringify(event), { qos: 1 });
  return c.json({ id, status: 'placed' }, 202);
});

app.get('/orders', (c) =>
  c.json(database.prepare('SELECT id, product_id, quantity, placed_at FROM orders').all()),
);

export default app;
