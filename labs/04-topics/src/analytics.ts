import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import mqtt from 'mqtt';

const { ANALYTICS_DATABASE_FILE, EVENT_BUS_URL, MQTT_CLIENT_ID } = process.env;
const database = new DatabaseSync(ANALYTICS_DATABASE_FILE!, { timeout: 1_000 });
const count = database.prepare(
  'INSERT INTO counts (order_id, product_id, quantity) VALUES (?, ?, ?)',
);
const app = new Hono();

// TODO task 4: Take part while the table `absence` is empty. Joining keeps a session on the bus; leaving
// ends it with a clean one, so that nothing piles up for somebody who will not come.
const bus = mqtt.connect(EVENT_BUS_URL!, { clientId: MQTT_CLIENT_ID! });
bus.on('message', (topic) => console.log('an event came in', topic));
bus.subscribe('orders/placed/v1', { qos: 0 });
app.put('/membership', (c) => c.body(null, 204));
app.delete('/membership', (c) => c.body(null, 204));

export default app;
