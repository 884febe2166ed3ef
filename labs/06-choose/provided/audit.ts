import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import mqtt from 'mqtt';

const { AUDIT_DATABASE_FILE, EVENT_BUS_URL, MQTT_CLIENT_ID } = process.env;
const database = new DatabaseSync(AUDIT_DATABASE_FILE!, { timeout: 1_000 });
const write = database.prepare('INSERT INTO entries (order_id) VALUES (?)');
const known = database.prepare('SELECT 1 FROM entries WHERE order_id = ?');

const app = new Hono();
// PUT is idempotent (RFC 9110, 9.2.2): put twice, it is one entry.
app.put('/entries/:id', (c) => {
  const id = c.req.param('id');
  if (!known.get(id)) write.run(id);
  return c.json({ id }, 201);
});

// Whatever is delivered is written down, and then acknowledged. It keeps no inbox.
const session = { clean: false, clientId: MQTT_CLIENT_ID!, reconnectPeriod: 250 };
const bus = mqtt.connect(EVENT_BUS_URL!, session);
bus.on('error', (error) => console.error(error.message));
bus.handleMessage = ({ payload }, done) => {
  const { data } = JSON.parse(payload.toString());
  write.run(data.orderId);
  done();
};
bus.subscribe('orders/placed/v1', { qos: 1 });

export default app;
