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
const isNew = database.prepare('INSERT OR IGNORE INTO inbox (source, id) VALUES (?, ?)');

bus.handleMessage = ({ payload }, done) => {
  try {
    const { source, id, data } = JSON.parse(payload.toString());
    database.exec('BEGIN IMMEDIATE');
    if (isNew.run(source, id).changes === 1)
      reserve.run(data.orderId, data.productId, data.quantity);
    database.exec('COMMIT');
    done();
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    console.error((error as Error).message);
    done();
  }
};
bus.subscribe('orders/placed/v1', { qos: 1 });

const app = new Hono();
app.get('/', (c) => c.json(database.prepare('SELECT * FROM reservations').all()));

export default app;
