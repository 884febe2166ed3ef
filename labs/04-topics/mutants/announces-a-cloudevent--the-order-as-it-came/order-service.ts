import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import mqtt from 'mqtt';

const { EVENT_BUS_URL, MQTT_CLIENT_ID, ORDER_DATABASE_FILE } = process.env;
const database = new DatabaseSync(ORDER_DATABASE_FILE!, { timeout: 1_000 });
const save = database.prepare('INSERT INTO orders (id, product_id, quantity) VALUES (?, ?, ?)');
const bus = mqtt.connect(EVENT_BUS_URL!, { clientId: MQTT_CLIENT_ID!, reconnectPeriod: 250 });
bus.on('error', (error) => console.error(error.message));

const app = new Hono();

app.post('/orders', async (c) => {
  const { id, productId, quantity } = await c.req.json();
  save.run(id, productId, quantity);
  const event = {
    specversion: '1.0',
    id: crypto.randomUUID(),
    source: '/order-service',
    type: 'orders.placed.v1',
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data: { id, productId, quantity },
  };
  bus.publish('orders/placed/v1', JSON.stringify(event), { qos: 1 });
  return c.json({ id, status: 'placed' }, 202);
});

export default app;
