import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import mqtt from 'mqtt';

const { EVENT_BUS_URL, EVENT_BUS_STANDBY_URL, MQTT_CLIENT_ID, WAREHOUSE_DATABASE_FILE } =
  process.env;
const database = new DatabaseSync(WAREHOUSE_DATABASE_FILE!, { timeout: 1_000 });
const reserve = database.prepare(
  'INSERT INTO reservations (order_id, product_id, quantity) VALUES (?, ?, ?)',
);
const session = { clientId: MQTT_CLIENT_ID!, clean: false, reconnectPeriod: 250 };

// Two buses to try, one after the other, whenever the connection is lost.
const servers = [EVENT_BUS_URL!, EVENT_BUS_STANDBY_URL!].map((url) => {
  const { hostname, port } = new URL(url);
  return { protocol: 'mqtt' as const, host: hostname, port: Number(port) };
});
const bus = mqtt.connect({ ...session, servers });
bus.on('error', (error) => console.error(error.message));

// The inbox: stored first, then acknowledged, and an event that comes twice is reserved once.
// Task 4: an attempt is counted before it is made, so that a crash counts too. Three are enough.
const attempt = database.prepare(
  `INSERT INTO inbox (source, id, attempts) VALUES (?, ?, 1)
   ON CONFLICT DO UPDATE SET attempts = attempts + (state = 'open') RETURNING attempts, state`,
);
const end = database.prepare('UPDATE inbox SET state = ? WHERE source = ? AND id = ?');
type Order = { orderId: string; productId: string; quantity: number };
type Placed = { source: string; id: string; data: Order };

async function take({ source, id, data }: Placed): Promise<void> {
  const { attempts, state } = attempt.get(source, id)!;
  if (state === 'dead') return;
  if (state === 'done') throw new Error('it was here before');
  try {
    database.exec('BEGIN IMMEDIATE');
    reserve.run(data.orderId, data.productId, data.quantity);
    end.run('done', source, id);
    database.exec('COMMIT');
    confirm(data.orderId);
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    if (Number(attempts) >= 3) throw error;
    // A little later each time, and by chance: whoever fails together should not come back together.
    await new Promise((goOn) => setTimeout(goOn, Math.random() * 50 * 2 ** Number(attempts)));
    await take({ source, id, data });
  }
}

// What is no JSON, or lacks a name, is no event: another attempt would not change that.
function read(text: string): Placed {
  const event = JSON.parse(text);
  const names = [event.source, event.id, event.data.orderId];
  if (names.every((name) => typeof name === 'string')) return event;
  throw new Error('no event: its source, its id or its orderId is no text');
}

async function handle(topic: string, text: string, done: () => void): Promise<void> {
  let event;
  try {
    event = read(text);
    await take(event);
  } catch (error) {
    console.error('set aside:', error);
    await letters.publishAsync(`dlq/${topic}`, text, { qos: 1 });
    if (event) end.run('dead', event.source, event.id);
  }
  done();
}
bus.handleMessage = ({ topic, payload }, answer) => {
  // What can’t even be set aside now is not acknowledged, and comes again.
  handle(topic, payload.toString(), answer).catch(answer);
};
bus.subscribe('orders/placed/v1', { qos: 1 });

// Dead letters: the event as it came, on a connection of their own. On the first one, the bus’s
// PUBACK for the letter would stand in the line behind the event that waits for it.
const letters = mqtt.connect({ ...session, clientId: `${MQTT_CLIENT_ID}-letters`, servers });
letters.on('error', (error) => console.error(error.message));

// Say by name that an order is reserved: each time it is announced, since a word can get lost.
function confirm(orderId: string): void {
  const event = {
    specversion: '1.0',
    id: crypto.randomUUID(),
    source: '/warehouse',
    type: 'orders.reserved.v1',
    data: { orderId },
  };
  bus.publish('orders/reserved/v1', JSON.stringify(event), { qos: 1 });
}

const app = new Hono();
app.get('/', (c) => c.json(database.prepare('SELECT * FROM reservations').all()));

export default app;
