import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import mqtt from 'mqtt';

const { ANALYTICS_DATABASE_FILE, EVENT_BUS_URL, MQTT_CLIENT_ID } = process.env;
const database = new DatabaseSync(ANALYTICS_DATABASE_FILE!, { timeout: 1_000 });
const count = database.prepare(
  'INSERT INTO counts (order_id, product_id, quantity) VALUES (?, ?, ?)',
);
const isNew = database.prepare('INSERT OR IGNORE INTO inbox (source, id) VALUES (?, ?)');

/** All of it, or nothing. */
function atOnce(work: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

const app = new Hono();

// Each request counts once more, whatever was counted before. It takes no key.
app.post('/counts', async (c) => {
  const { id, productId, quantity } = await c.req.json();
  count.run(id, productId, quantity);
  return c.json({ counted: id }, 201);
});

// The same work, when the event comes. An event has an identity, so twice delivered is once counted.
const bus = mqtt.connect(EVENT_BUS_URL!, {
  clean: false,
  clientId: MQTT_CLIENT_ID!,
  reconnectPeriod: 250,
});
bus.on('error', (error) => console.error(error.message));
bus.handleMessage = ({ payload }, done) => {
  try {
    const { source, id, data } = JSON.parse(payload.toString());
    atOnce(() => {
      if (isNew.run(source, id).changes) count.run(data.orderId, data.productId, data.quantity);
    });
    done();
  } catch (error) {
    done(error as Error);
  }
};
bus.subscribe('orders/placed/v1', { qos: 1 });

export default app;
