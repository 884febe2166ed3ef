import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import mqtt from 'mqtt';

const { EVENT_BUS_STANDBY_URL, EVENT_BUS_URL, FRAUD_DATABASE_FILE, MQTT_CLIENT_ID } = process.env;
const database = new DatabaseSync(FRAUD_DATABASE_FILE!, { timeout: 1_000 });
// One line for each order: checked twice is checked once, by whichever way it came.
const check = database.prepare('INSERT OR IGNORE INTO checks (order_id, verdict) VALUES (?, ?)');
const verdictOn = (quantity: number): string => (quantity > 1_000 ? 'look at it' : 'fine');
const forget = database.prepare('DELETE FROM checks WHERE order_id = ?');

const servers = [EVENT_BUS_URL!, EVENT_BUS_STANDBY_URL!].map((url) => {
  const { hostname, port } = new URL(url);
  return { protocol: 'mqtt' as const, host: hostname, port: Number(port) };
});
const session = { clientId: MQTT_CLIENT_ID!, clean: false, reconnectPeriod: 250 };
const bus = mqtt.connect({ ...session, servers });
bus.on('error', (error) => console.error(error.message));
bus.handleMessage = ({ payload }, done) => {
  try {
    const { data } = JSON.parse(payload.toString());
    check.run(data.orderId, verdictOn(data.quantity));
    done();
  } catch (error) {
    done(error as Error);
  }
};
bus.subscribe('orders/placed/v1', { qos: 1 });

const app = new Hono();
// For whoever compares and repairs: what is known here, and how to change it.
app.get('/orders', (c) =>
  c.json(
    database
      .prepare('SELECT order_id FROM checks')
      .all()
      .map((row) => row['order_id']),
  ),
);
app.put('/orders/:id', async (c) => {
  const { quantity } = await c.req.json();
  check.run(c.req.param('id'), verdictOn(quantity));
  return c.body(null, 204);
});
app.delete('/orders/:id', (c) => {
  forget.run(c.req.param('id'));
  return c.body(null, 204);
});

export default app;
