import { circuitBreaker, ConsecutiveBreaker, DelegateBackoff, handleWhen, retry } from 'cockatiel';
import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';

const { ANALYTICS_URL, FRAUD_DETECTION_URL, ORDER_DATABASE_FILE, WAREHOUSE_URL } = process.env;
const database = new DatabaseSync(ORDER_DATABASE_FILE!, { timeout: 1_000 });
const save = database.prepare('INSERT INTO orders VALUES (?, ?, ?)');
const note = database.prepare('INSERT INTO calls VALUES (?, ?, ?)');
const noted = database.prepare('SELECT name, state FROM calls WHERE order_id = ?');

const chance = new DelegateBackoff<{ attempt: number }>((n) => Math.random() * 25 * 2 ** n.attempt);
const anyError = handleWhen(() => true);
function dependent(name: string, method: string, url: string, safe: boolean) {
  const pause = { halfOpenAfter: 500, breaker: new ConsecutiveBreaker(5) };
  const breaker = circuitBreaker(anyError, pause);
  return async (id: string, body: string, deadline: AbortSignal) => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': `"${id}"` };
    let state = 'not done';
    const ask = async () => {
      deadline.throwIfAborted();
      const before = state;
      state = 'unknown'; // until a reply says more; a 5xx other than 503 says nothing
      const signal = safe ? AbortSignal.any([deadline, AbortSignal.timeout(300)]) : deadline;
      const reply = await fetch(url.replace(':id', id), { method, headers, body, signal });
      await reply.text();
      if (reply.status < 500 || reply.status === 503) state = reply.ok ? 'done' : before;
      if (reply.status >= 500) throw new Error(`${name} can’t do it now`);
    };
    const mayAsk = handleWhen(() => safe || state === 'not done');
    const call = () => retry(mayAsk, { maxAttempts: 3, backoff: chance }).execute(ask, deadline);
    await breaker.execute(call).catch(() => undefined);
    note.run(id, name, state);
  };
}
const calls = [
  dependent('warehouse', 'POST', `${WAREHOUSE_URL}/reservations`, true),
  dependent('fraud-detection', 'PUT', `${FRAUD_DETECTION_URL}/checks/:id`, true),
  dependent('analytics', 'POST', `${ANALYTICS_URL}/counts`, false),
];
calls.push(dependent('loyalty', 'POST', `${process.env['LOYALTY_URL']}/points`, true));

const app = new Hono();
app.post('/orders', async (c) => {
  const order = await c.req.json();
  save.run(order.id, order.productId, order.quantity);
  const deadline = AbortSignal.timeout(800);
  await Promise.all(calls.map((call) => call(order.id, JSON.stringify(order), deadline)));
  const dependents = noted.all(order.id);
  const status = dependents.every(({ state }) => state === 'done') ? 'complete' : 'partial';
  return c.json({ id: order.id, status, dependents }, status === 'complete' ? 201 : 202);
});

app.get('/orders/:id', (c) => c.json(noted.all(c.req.param('id'))));

export default app;
