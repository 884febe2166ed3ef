import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import mqtt from 'mqtt';

const { EVENT_BUS_URL, FRAUD_DATABASE_FILE, MQTT_CLIENT_ID } = process.env;
const database = new DatabaseSync(FRAUD_DATABASE_FILE!, { timeout: 1_000 });
// One row for each order: checked again, it is the same check.
const check = database.prepare('INSERT OR REPLACE INTO checks (order_id, verdict) VALUES (?, ?)');
const verdictOn = (quantity: number): string => (quantity > 1_000 ? 'look at it' : 'fine');

const app = new Hono();

// PUT is idempotent by its definition (RFC 9110, section 9.2.2): it says what is to be, not what to add.
app.put('/checks/:orderId', async (c) => {
  const { quantity } = await c.req.json();
  const verdict = verdictOn(quantity);
  check.run(c.req.param('orderId'), verdict);
  return c.json({ verdict });
});

// The same work, when the event comes: stored first, then acknowledged.
const bus = mqtt.connect(EVENT_BUS_URL!, {
  clean: false,
  clientId: MQTT_CLIENT_ID!,
  reconnectPeriod: 250,
});
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

export default app;
