import { ExponentialBackoff, handleAll, retry } from 'cockatiel';
import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import mqtt from 'mqtt';

const { EVENT_BUS_URL, MQTT_CLIENT_ID, PUSH_RELAY_DATABASE_FILE } = process.env;
const database = new DatabaseSync(PUSH_RELAY_DATABASE_FILE!, { timeout: 1_000 });
const register = database.prepare('INSERT OR REPLACE INTO endpoints VALUES (?, ?, ?)');
const registered = database.prepare('SELECT name FROM endpoints WHERE topic = ?');
const endpoint = database.prepare('SELECT url FROM endpoints WHERE name = ?');
const keep = database.prepare('INSERT INTO pushes (name, event) VALUES (?, ?)');
const end = database.prepare('UPDATE pushes SET state = ? WHERE number = ?');

// Up to eight attempts: after 50 ms, then twice as long each time, spread by chance.
const backoff = new ExponentialBackoff({ initialDelay: 50, maxDelay: 1_000 });
const attempts = retry(handleAll, { maxAttempts: 7, backoff });

/** Hands an event over until the endpoint says that it has it: any status from 200 to 299. */
async function push(number: number | bigint, name: string, event: string) {
  const headers = { 'content-type': 'application/cloudevents+json' };
  const ask = async () => {
    const signal = AbortSignal.timeout(500);
    const url = String(endpoint.get(name)!['url']);
    const reply = await fetch(url, { method: 'POST', headers, body: event, signal });
    await reply.body?.cancel();
    if (!reply.ok) throw new Error(`${name} answers ${reply.status}`);
  };
  const state = await attempts.execute(ask).then(
    () => 'done',
    () => 'given up',
  );
  end.run(state, number);
}

const session = { clean: false, clientId: MQTT_CLIENT_ID!, reconnectPeriod: 250 };
const bus = mqtt.connect(EVENT_BUS_URL!, session);
bus.on('error', (error) => console.error(error.message));
// It takes an event over for everyone who has registered, and acknowledges once that is stored.
bus.handleMessage = ({ topic, payload }, done) => {
  const event = payload.toString();
  for (const { name } of registered.all(topic)) {
    const { lastInsertRowid } = keep.run(name!, event);
    void push(lastInsertRowid, String(name), event);
  }
  done();
};
bus.subscribe('orders/placed/v1', { qos: 1 });

const app = new Hono();
// Registered again, under the same name, it is the same endpoint: PUT is idempotent.
app.put('/endpoints/:name', async (c) => {
  const { topic, url } = await c.req.json();
  register.run(c.req.param('name'), topic, url);
  await bus.subscribeAsync(topic, { qos: 1 });
  return c.json({ name: c.req.param('name'), topic, url });
});

export default app;
