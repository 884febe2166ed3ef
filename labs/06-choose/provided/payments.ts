import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import mqtt from 'mqtt';

const { EVENT_BUS_URL, MQTT_CLIENT_ID, PAYMENTS_DATABASE_FILE } = process.env;
const database = new DatabaseSync(PAYMENTS_DATABASE_FILE!, { timeout: 1_000 });
// The order's id is the key: asked twice, in either style, it authorises once.
const authorise = database.prepare('INSERT OR IGNORE INTO authorisations VALUES (?, ?)');

const app = new Hono();
app.put('/authorisations/:id', async (c) => {
  const { amountCents } = await c.req.json();
  authorise.run(c.req.param('id'), amountCents);
  return c.json({ authorised: true }, 201);
});

// The same work, when the event comes. The decision goes back as another event.
const session = { clean: false, clientId: MQTT_CLIENT_ID!, reconnectPeriod: 250 };
const bus = mqtt.connect(EVENT_BUS_URL!, session);
bus.on('error', (error) => console.error(error.message));
bus.handleMessage = ({ payload }, done) => {
  const { data } = JSON.parse(payload.toString());
  authorise.run(data.orderId, data.amountCents);
  const event = {
    specversion: '1.0',
    id: crypto.randomUUID(),
    source: '/payments',
    type: 'authorisations.decided.v1',
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data: { orderId: data.orderId, authorised: true },
  };
  bus.publish('authorisations/decided/v1', JSON.stringify(event), { qos: 1 });
  done();
};
bus.subscribe('authorisations/requested/v1', { qos: 1 });

export default app;
