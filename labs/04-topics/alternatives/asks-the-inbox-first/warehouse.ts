import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import mqtt from 'mqtt';

const { EVENT_BUS_URL, MQTT_CLIENT_ID, WAREHOUSE_DATABASE_FILE } = process.env;
const database = new DatabaseSync(WAREHOUSE_DATABASE_FILE!, { timeout: 1_000 });
const reserve = database.prepare(
  'INSERT INTO reservations (order_id, product_id, quantity) VALUES (?, ?, ?)',
);
const queue = { clientId: MQTT_CLIENT_ID!, clean: false };
const bus = mqtt.connect(EVENT_BUS_URL!, { ...queue, reconnectPeriod: 250 });
bus.on('error', (error) => console.error(error.message));
const known = database.prepare('SELECT 1 FROM inbox WHERE source = ? AND id = ?');
const remember = database.prepare('INSERT INTO inbox (source, id) VALUES (?, ?)');

bus.handleMessage = ({ payload }, done) => {
  try {
    const { source, id, data } = JSON.parse(payload.toString());
    database.exec('BEGIN IMMEDIATE');
    if (!known.get(source, id)) {
      remember.run(source, id);
      reserve.run(data.orderId, data.productId, data.quantity);
    }
    database.exec('COMMIT');
    done();
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    done(error as Error); // no PUBACK: the bus will deliver it again
  }
};
bus.subscribe('orders/placed/v1', { qos: 1 });

const app = new Hono();
app.get('/', (c) => c.json(database.prepare('SELECT * FROM reservations').all()));

export default app;
