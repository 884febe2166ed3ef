import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import mqtt from 'mqtt';

const { ANALYTICS_DATABASE_FILE, EVENT_BUS_URL, MQTT_CLIENT_ID } = process.env;
const database = new DatabaseSync(ANALYTICS_DATABASE_FILE!, { timeout: 1_000 });
const count = database.prepare(
  'INSERT INTO counts (order_id, product_id, quantity) VALUES (?, ?, ?)',
);
const app = new Hono();

// #task 4 Take part while the table `absence` is empty. Joining keeps a session on the bus; leaving
// ends it with a clean one, so that nothing piles up for somebody who will not come.
const isNew = database.prepare('INSERT OR IGNORE INTO inbox (source, id) VALUES (?, ?)');
const absence = database.prepare('SELECT * FROM absence');
const isMember = (): boolean => absence.get() === undefined;

async function connect() {
  const session = { clean: !isMember(), clientId: MQTT_CLIENT_ID!, reconnectPeriod: 250 };
  const client = mqtt.connect(EVENT_BUS_URL!, session);
  client.on('error', (error) => console.error(error.message));
  client.handleMessage = ({ payload }, done) => {
    try {
      const { source, id, data } = JSON.parse(payload.toString());
      database.exec('BEGIN IMMEDIATE');
      if (isNew.run(source, id).changes === 1)
        count.run(data.orderId, data.productId, data.quantity);
      database.exec('COMMIT');
      done();
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      done(error as Error);
    }
  };
  await new Promise((resolve) => client.once('connect', resolve));
  if (isMember()) await client.subscribeAsync('orders/placed/v1', { qos: 1 });
  return client;
}
let bus = connect();

/** Takes part or not, from now on. */
async function become(joined: boolean) {
  const client = await bus;
  await client.endAsync();
  database.exec(joined ? 'DELETE FROM absence' : 'INSERT OR IGNORE INTO absence VALUES (1)');
  bus = connect();
  await bus;
}
app.put('/membership', async (c) => (await become(true), c.body(null, 204)));
app.delete('/membership', async (c) => (await become(false), c.body(null, 204)));
// #starter
// const bus = mqtt.connect(EVENT_BUS_URL!, { clientId: MQTT_CLIENT_ID! });
// bus.on('message', (topic) => console.log('an event came in', topic));
// bus.subscribe('orders/placed/v1', { qos: 0 });
// app.put('/membership', (c) => c.body(null, 204));
// app.delete('/membership', (c) => c.body(null, 204));
// #end

export default app;
