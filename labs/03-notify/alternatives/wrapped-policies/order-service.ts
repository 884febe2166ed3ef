import * as cockatiel from 'cockatiel';
import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';

const { ANALYTICS_URL, FRAUD_DETECTION_URL, LOYALTY_URL, WAREHOUSE_URL } = process.env;
const database = new DatabaseSync(process.env['ORDER_DATABASE_FILE']!, { timeout: 1_000 });
const save = database.prepare('INSERT INTO orders VALUES (?, ?, ?)');
const note = database.prepare('INSERT INTO calls VALUES (?, ?, ?)');
const noted = database.prepare('SELECT name, state FROM calls WHERE order_id = ?');

// Two ways to fail, told apart by their class; policies do the rest. The breaker counts attempts.
class Refused extends Error {}
class Lost extends Error {}
const refused = cockatiel.handleType(Refused);
const failed = cockatiel.handleType(Refused).orType(Lost);
const backoff = new cockatiel.ExponentialBackoff({ initialDelay: 40, maxDelay: 150 });
const policyFor = (safe: boolean) => {
  const pause = { halfOpenAfter: 500, breaker: new cockatiel.ConsecutiveBreaker(5) };
  return cockatiel.wrap(
    cockatiel.retry(safe ? failed : refused, { maxAttempts: 2, backoff }),
    cockatiel.circuitBreaker(failed, pause),
    cockatiel.timeout(safe ? 300 : 800, cockatiel.TimeoutStrategy.Cooperative),
  );
};
type Call = [name: string, method: string, url: string, policy: ReturnType<typeof policyFor>];
const calls: Call[] = [
  ['warehouse', 'POST', `${WAREHOUSE_URL}/reservations`, policyFor(true)],
  ['fraud-detection', 'PUT', `${FRAUD_DETECTION_URL}/checks/`, policyFor(true)],
  ['analytics', 'POST', `${ANALYTICS_URL}/counts`, policyFor(false)],
  ['loyalty', 'POST', `${LOYALTY_URL}/points`, policyFor(true)],
];

async function tell([name, method, url, policy]: Call, id: string, body: string, key: string) {
  let lost = false;
  const headers = { 'content-type': 'application/json', 'idempotency-key': `"${key}"` };
  const ask = async ({ signal }: { signal: AbortSignal }) => {
    signal.throwIfAborted();
    const to = method === 'PUT' ? url + id : url;
    const reply = await fetch(to, { method, body, signal, headers }).catch(() => undefined);
    if (reply?.status === 503) throw new Refused();
    lost ||= !reply || reply.status >= 500;
    if (!reply || reply.status >= 500) throw new Lost();
    return reply.ok;
  };
  const done = await policy.execute(ask, AbortSignal.timeout(800)).catch(() => false);
  note.run(id, name, done ? 'done' : lost ? 'unknown' : 'not done');
}

const app = new Hono();
app.post('/orders', async (c) => {
  const [order, key] = [await c.req.json(), crypto.randomUUID()];
  save.run(order.id, order.productId, order.quantity);
  await Promise.all(calls.map((call) => tell(call, order.id, JSON.stringify(order), key)));
  const dependents = noted.all(order.id);
  const status = dependents.every(({ state }) => state === 'done') ? 'complete' : 'partial';
  return c.json({ id: order.id, status, dependents }, status === 'complete' ? 201 : 202);
});
app.get('/orders/:id', (c) => c.json(noted.all(c.req.param('id'))));

export default app;
