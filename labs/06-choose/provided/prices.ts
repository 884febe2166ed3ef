import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import mqtt from 'mqtt';

const { EVENT_BUS_URL, MQTT_CLIENT_ID, PRICES_DATABASE_FILE } = process.env;
const database = new DatabaseSync(PRICES_DATABASE_FILE!, { timeout: 1_000 });
const price = database.prepare('SELECT price_cents AS priceCents FROM prices WHERE product_id = ?');
const change = database.prepare('INSERT OR REPLACE INTO prices VALUES (?, ?, ?)');
const bus = mqtt.connect(EVENT_BUS_URL!, { clientId: MQTT_CLIENT_ID!, reconnectPeriod: 250 });
bus.on('error', (error) => console.error(error.message));

const app = new Hono();
app.get('/prices/:id', (c) => c.json({ ...price.get(c.req.param('id')) }));

// A new price is kept, and announced to whoever has a copy.
app.put('/prices/:id', async (c) => {
  const productId = c.req.param('id');
  const { change: id, priceCents } = await c.req.json();
  change.run(productId, priceCents, id);
  const event = {
    specversion: '1.0',
    id: crypto.randomUUID(),
    source: '/prices',
    type: 'prices.changed.v1',
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data: { productId, priceCents, change: id },
  };
  bus.publish('prices/changed/v1', JSON.stringify(event), { qos: 1 });
  return c.body(null, 204);
});

export default app;
