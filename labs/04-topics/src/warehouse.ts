import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import mqtt from 'mqtt';

const { EVENT_BUS_URL, MQTT_CLIENT_ID, WAREHOUSE_DATABASE_FILE } = process.env;
const database = new DatabaseSync(WAREHOUSE_DATABASE_FILE!, { timeout: 1_000 });
const reserve = database.prepare(
  'INSERT INTO reservations (order_id, product_id, quantity) VALUES (?, ?, ?)',
);
// TODO task 2: A queue of its own: the same client id each time, and a session that the bus keeps.
const queue = { clean: true };
const bus = mqtt.connect(EVENT_BUS_URL!, { ...queue, reconnectPeriod: 250 });
bus.on('error', (error) => console.error(error.message));

// TODO task 2: Store first, then acknowledge: MQTT.js does so when the callback `done` of bus.handleMessage is
// called. The bus delivers at least once; `source` and `id` tell whether an event was here before. All
// in one transaction: what can't be stored leaves nothing behind and is not acknowledged.
bus.on('message', (topic) => console.log('an event came in', topic));
bus.subscribe('orders/placed/v1', { qos: 0 });

const app = new Hono();
app.get('/', (c) => c.json(database.prepare('SELECT * FROM reservations').all()));

export default app;
