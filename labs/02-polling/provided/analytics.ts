import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import mqtt from 'mqtt';

// It is told: the bus delivers each event, and keeps them while analytics is away.
const { ANALYTICS_DATABASE_FILE, EVENT_BUS_URL, MQTT_CLIENT_ID } = process.env;
const database = new DatabaseSync(ANALYTICS_DATABASE_FILE!, { timeout: 1_000 });
const count = database.prepare('INSERT OR IGNORE INTO counted (order_id) VALUES (?)');
const bus = mqtt.connect(EVENT_BUS_URL!, {
  clean: false,
  clientId: MQTT_CLIENT_ID!,
  reconnectPeriod: 250,
});
bus.on('error', (error) => console.error(error.message));

// Stored first, then acknowledged. Delivered twice is counted once.
bus.handleMessage = ({ payload }, done) => {
  try {
    const event = JSON.parse(payload.toString()) as { data: { orderId: string } };
    count.run(event.data.orderId);
    done();
  } catch (error) {
    done(error as Error);
  }
};
bus.subscribe('orders/placed/v1', { qos: 1 });

const app = new Hono();
app.get('/', (c) => c.json({ orders: database.prepare('SELECT * FROM counted').all() }));

export default app;
