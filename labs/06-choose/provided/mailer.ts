import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import mqtt from 'mqtt';

const { EVENT_BUS_URL, MAILER_DATABASE_FILE, MQTT_CLIENT_ID } = process.env;
const database = new DatabaseSync(MAILER_DATABASE_FILE!, { timeout: 1_000 });
const mail = database.prepare('INSERT INTO mails (order_id) VALUES (?)');
const isNew = database.prepare('INSERT OR IGNORE INTO inbox (source, id) VALUES (?, ?)');

const app = new Hono();
// Each request is another mail: it asks for no key.
app.post('/mails', async (c) => {
  const { id } = await c.req.json();
  mail.run(id);
  return c.json({ id }, 201);
});

// An event that is in the inbox already has had its mail.
const session = { clean: false, clientId: MQTT_CLIENT_ID!, reconnectPeriod: 250 };
const bus = mqtt.connect(EVENT_BUS_URL!, session);
bus.on('error', (error) => console.error(error.message));
bus.handleMessage = ({ payload }, done) => {
  const { source, id, data } = JSON.parse(payload.toString());
  database.exec('BEGIN IMMEDIATE');
  if (isNew.run(source, id).changes === 1) mail.run(data.orderId);
  database.exec('COMMIT');
  done();
};
bus.subscribe('orders/shipped/v1', { qos: 1 });

export default app;
