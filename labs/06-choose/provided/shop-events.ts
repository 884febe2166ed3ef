import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import mqtt from 'mqtt';

const { EVENT_BUS_URL, MQTT_CLIENT_ID, SHOP_EVENTS_DATABASE_FILE } = process.env;
const database = new DatabaseSync(SHOP_EVENTS_DATABASE_FILE!, { timeout: 1_000 });
const save = database.prepare('INSERT INTO requests (id, kind, state) VALUES (?, ?, ?)');
const decide = database.prepare('UPDATE requests SET state = ? WHERE id = ?');
const copy = database.prepare('INSERT OR REPLACE INTO prices VALUES (?, ?, ?)');
const price = database.prepare('SELECT price_cents AS priceCents FROM prices WHERE product_id = ?');

const session = { clean: false, clientId: MQTT_CLIENT_ID!, reconnectPeriod: 250 };
const bus = mqtt.connect(EVENT_BUS_URL!, session);
bus.on('error', (error) => console.error(error.message));
// Stored first, then acknowledged. Heard twice, both say the same again.
bus.handleMessage = ({ topic, payload }, done) => {
  const { data } = JSON.parse(payload.toString());
  if (topic === 'prices/changed/v1') copy.run(data.productId, data.priceCents, data.change);
  else decide.run(data.authorised ? 'authorised' : 'refused', data.orderId);
  done();
};
bus.subscribe(['prices/changed/v1', 'authorisations/decided/v1'], { qos: 1 });

function announce(topic: string, data: object): void {
  const event = {
    specversion: '1.0',
    id: crypto.randomUUID(),
    source: '/shop-events',
    type: topic.replaceAll('/', '.'),
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data,
  };
  bus.publish(topic, JSON.stringify(event), { qos: 1 });
}

const app = new Hono();

// Saved, announced, answered: whoever listens is not known here.
const kinds = [
  ['/checkouts', 'pending', 'authorisations/requested/v1'],
  ['/orders', 'placed', 'orders/placed/v1'],
  ['/shipments', 'shipped', 'orders/shipped/v1'],
] as const;
for (const [path, state, topic] of kinds)
  app.post(path, async (c) => {
    const { id, amountCents } = await c.req.json();
    save.run(id, path.slice(1), state);
    announce(topic, { orderId: id, amountCents });
    return c.json({ id, status: state }, 202);
  });
app.get('/products/:id', (c) => c.json({ ...price.get(c.req.param('id')) }));

export default app;
