import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import mqtt from 'mqtt';

const { EVENT_BUS_URL, LOYALTY_DATABASE_FILE, MQTT_CLIENT_ID } = process.env;
const database = new DatabaseSync(LOYALTY_DATABASE_FILE!, { timeout: 1_000 });
const credit = database.prepare('INSERT INTO points (order_id, points) VALUES (?, ?)');
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

// It takes an Idempotency-Key, as the warehouse does. Ten points for each piece.
app.post('/points', async (c) => {
  const { id, quantity } = await c.req.json();
  const key = c.req.header('idempotency-key');
  const known = key === undefined ? undefined : used.get(key);
  if (known && known['orderId'] !== id)
    return c.json({ title: 'The key was used for another order', status: 422 }, 422, problem);
  let number = known?.['number'];
  if (number === undefined)
    atOnce(() => {
      number = Number(credit.run(id, quantity * 10).lastInsertRowid);
      if (key !== undefined) keep.run(key, id, number);
    });
  return c.json({ number }, 201);
});

// The same work, when the event comes. It subscribed; nobody had to be told.
const session = { clean: false, clientId: MQTT_CLIENT_ID!, reconnectPeriod: 250 };
const bus = mqtt.connect(EVENT_BUS_URL!, session);
bus.on('error', (error) => console.error(error.message));
bus.handleMessage = ({ payload }, done) => {
  try {
    const { source, id, data } = JSON.parse(payload.toString());
    atOnce(() => {
      if (isNew.run(source, id).changes === 1) credit.run(data.orderId, data.quantity * 10);
    });
    done();
  } catch (error) {
    done(error as Error);
  }
};
bus.subscribe('orders/placed/v1', { qos: 1 });

export default app;
