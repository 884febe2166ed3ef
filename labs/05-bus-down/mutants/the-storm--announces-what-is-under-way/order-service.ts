import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import mqtt from 'mqtt';

const { EVENT_BUS_URL, EVENT_BUS_STANDBY_URL, MQTT_CLIENT_ID, ORDER_DATABASE_FILE } = process.env;
const confirmWithin = Number(process.env['CONFIRM_WITHIN_MS']);
const database = new DatabaseSync(ORDER_DATABASE_FILE!, { timeout: 1_000 });
const save = database.prepare('INSERT INTO orders (id, product_id, quantity) VALUES (?, ?, ?)');
const owe = database.prepare('INSERT INTO outbox (order_id, event) VALUES (?, ?)');
const session = { clientId: MQTT_CLIENT_ID!, clean: false, reconnectPeriod: 250 };

// Two buses to try, one after the other, whenever the connection is lost.
const servers = [EVENT_BUS_URL!, EVENT_BUS_STANDBY_URL!].map((url) => {
  const { hostname, port } = new URL(url);
  return { protocol: 'mqtt' as const, host: hostname, port: Number(port) };
});
const bus = mqtt.connect({ ...session, servers });
bus.on('error', (error) => console.error(error.message));

// The relay: it announces what the outbox owes, and notes when the bus has acknowledged it. What
// counts is in the database, so a relay that was killed goes on where it stopped.
// Task 5: what nobody has confirmed in time is owed again.
const owed = database.prepare(
  `SELECT number, event FROM outbox
   WHERE announced_at IS NULL OR announced_at < ? ORDER BY number LIMIT 100`,
);
const acknowledged = database.prepare('UPDATE outbox SET announced_at = ? WHERE number = ?');

function relay() {
  for (const { number, event } of owed.all(Date.now() - confirmWithin)) {
    bus.publish('orders/placed/v1', String(event), { qos: 1 }, (error) => {
      if (!error) acknowledged.run(Date.now(), number!);
    });
  }
}
bus.on('connect', relay);
setInterval(relay, 100);

// The warehouse’s own word ends an event, and nothing else does.
const clear = database.prepare('DELETE FROM outbox WHERE order_id = ?');
bus.handleMessage = ({ payload }, done) => {
  try {
    clear.run(JSON.parse(payload.toString()).data.orderId);
    done();
  } catch (error) {
    done(error as Error);
  }
};
bus.subscribe('orders/reserved/v1', { qos: 1 });

const app = new Hono();

app.post('/orders', async (c) => {
  const { id, productId, quantity } = await c.req.json();
  // The order and the event that it owes, in one transaction: both or neither.
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
    database.exec('BEGIN IMMEDIATE');
    save.run(id, productId, quantity);
    owe.run(id, JSON.stringify(event));
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    const problem = { title: 'It can’t be saved now', status: 503, detail: String(error) };
    return c.json(problem, 503, { 'content-type': 'application/problem+json' });
  }
  relay();
  return c.json({ id, status: 'placed' }, 202);
});

app.get('/orders', (c) =>
  c.json(database.prepare('SELECT id, product_id, quantity, placed_at FROM orders').all()),
);

export default app;
