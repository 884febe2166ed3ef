import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import mqtt from 'mqtt';

const { EVENT_BUS_URL, MQTT_CLIENT_ID, WAREHOUSE_DATABASE_FILE } = process.env;
const database = new DatabaseSync(WAREHOUSE_DATABASE_FILE!, { timeout: 1_000 });
const reserve = database.prepare('INSERT INTO reservations VALUES (NULL, ?, ?, ?)');
const used = database.prepare('SELECT order_id AS orderId, number FROM keys WHERE key = ?');
const keep = database.prepare('INSERT INTO keys (key, order_id, number) VALUES (?, ?, ?)');
const isNew = database.prepare('INSERT OR IGNORE INTO inbox (source, id) VALUES (?, ?)');
const problem = { 'content-type': 'application/problem+json' };

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

// With an Idempotency-Key (an IETF draft) the first answer comes again; without, each call reserves.
app.post('/reservations', async (c) => {
  const { id, productId, quantity } = await c.req.json();
  const key = c.req.header('idempotency-key');
  const known = key === undefined ? undefined : used.get(key);
  if (known && known['orderId'] !== id)
    return c.json({ title: 'The key was used for another order', status: 422 }, 422, problem);
  let number = known?.['number'];
  if (number === undefined)
    atOnce(() => {
      number = Number(reserve.run(id, productId, quantity).lastInsertRowid);
      if (key !== undefined) keep.run(key, id, number);
    });
  return c.json({ number }, 201);
});

// The same work, when the event comes: stored first, then acknowledged.
const session = { clean: false, clientId: MQTT_CLIENT_ID!, reconnectPeriod: 250 };
const bus = mqtt.connect(EVENT_BUS_URL!, session);
bus.on('error', (error) => console.error(error.message));
bus.handleMessage = ({ payload }, done) => {
  try {
    const { source, id, data } = JSON.parse(payload.toString());
    atOnce(() => {
      if (isNew.run(source, id).changes) reserve.run(data.orderId, data.productId, data.quantity);
    });
    done();
  } catch (error) {
    done(error as Error);
  }
};
bus.subscribe('orders/placed/v1', { qos: 1 });

export default app;
