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
// The inbox must not grow for ever. What is done is kept for ten events more: who comes twice comes at once.
const tidy = database.prepare(
  "DELETE FROM inbox WHERE state = 'done' AND rowid <= (SELECT max(rowid) - 10 FROM inbox)",
);

/** All of it or nothing; false if it went wrong. */
function transaction(work: () => void): boolean {
  try {
    database.exec('BEGIN IMMEDIATE');
    work();
    database.exec('COMMIT');
    return true;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    console.error(error);
    return false;
  }
}

async function take(topic: string, text: string): Promise<void> {
  let event;
  try {
    event = JSON.parse(text);
  } catch {
    return setAside(topic, text);
  }
  const { source, id, data } = event;
  for (;;) {
    const { attempts, state } = attempt.get(source, id)!;
    if (state === 'dead') return;
    const reserved = () =>
      transaction(() => {
        reserve.run(data.orderId, data.productId, data.quantity);
        end.run('done', source, id);
        tidy.run();
      });
    if (state === 'done' || reserved()) return confirm(data.orderId);
    if (Number(attempts) >= 3) return setAside(topic, text, () => end.run('dead', source, id));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

bus.handleMessage = ({ topic, payload }, done) => {
  take(topic, payload.toString()).then(() => done(), done);
};
bus.subscribe('orders/placed/v1', { qos: 1 });

// Dead letters: the event as it came, kept in the same transaction that gives it up, and
// published to dlq/… until the bus has taken it over. Nothing waits behind it meanwhile.
const keep = database.prepare('INSERT INTO dead_letters (topic, event) VALUES (?, ?)');
const letters = database.prepare('SELECT number, topic, event FROM dead_letters');
const taken = database.prepare('DELETE FROM dead_letters WHERE number = ?');
const underWay = new Set<unknown>();

function setAside(topic: string, event: string, andThen = () => {}): void {
  const kept = transaction(() => {
    keep.run(`dlq/${topic}`, event);
    andThen();
  });
  if (!kept) throw new Error('the dead letter could not be kept');
  publishLetters();
}

function publishLetters() {
  if (!bus.connected) return;
  for (const { number, topic, event } of letters.all()) {
    if (underWay.has(number)) continue;
    underWay.add(number);
    bus.publish(String(topic), String(event), { qos: 1 }, (error) => {
      underWay.delete(number);
      if (!error) taken.run(number!);
    });
  }
}
bus.on('connect', publishLetters);
setInterval(publishLetters, 500);

// Say by name that an order is reserved: each time it is announced, since a word can get lost.
function confirm(orderId: string): void {
  const event = {
    specversion: '1.0',
    id: crypto.randomUUID(),
    source: '/warehouse',
    type: 'orders.reserved.v1',
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data: { orderId },
  };
  bus.publish('orders/reserved/v1', JSON.stringify(event), { qos: 1 });
}

const app = new Hono();
app.get('/', (c) => c.json(database.prepare('SELECT * FROM reservations').all()));

export default app;
