import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import mqtt from 'mqtt';

const { EVENT_BUS_URL, LOYALTY_DATABASE_FILE, MQTT_CLIENT_ID } = process.env;
const database = new DatabaseSync(LOYALTY_DATABASE_FILE!, { timeout: 1_000 });
const isNew = database.prepare('INSERT OR IGNORE INTO inbox (source, id) VALUES (?, ?)');
const credit = database.prepare('INSERT INTO points (order_id, points) VALUES (?, ?)');
const topic = 'orders/placed/v1';

/** Connects; with a clean session, the bus forgets what it had kept for this client. */
async function connect(clean: boolean) {
  const options = { clean, clientId: MQTT_CLIENT_ID!, reconnectPeriod: 250 };
  const client = mqtt.connect(EVENT_BUS_URL!, options);
  client.on('error', (error) => console.error(error.message));
  // Ten points for each piece; stored first, then acknowledged.
  client.handleMessage = ({ payload }, done) => {
    try {
      const { source, id, data } = JSON.parse(payload.toString());
      database.exec('BEGIN IMMEDIATE');
      if (isNew.run(source, id).changes === 1) credit.run(data.orderId, data.quantity * 10);
      database.exec('COMMIT');
      done();
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      done(error as Error);
    }
  };
  await new Promise((resolve) => client.once('connect', resolve));
  return client;
}

// It has not joined yet: connected, and subscribed to nothing.
let bus = connect(true);

const app = new Hono();
app.put('/membership', async (c) => {
  await (await bus).endAsync();
  bus = connect(false);
  await (await bus).subscribeAsync(topic, { qos: 1 });
  return c.body(null, 204);
});
app.delete('/membership', async (c) => {
  await (await bus).endAsync();
  bus = connect(true);
  await bus;
  return c.body(null, 204);
});

export default app;
