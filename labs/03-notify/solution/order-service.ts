// #task 3
import { circuitBreaker, ConsecutiveBreaker, DelegateBackoff, handleWhen, retry } from 'cockatiel';
// #end
import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';

const { ANALYTICS_URL, FRAUD_DETECTION_URL, ORDER_DATABASE_FILE, WAREHOUSE_URL } = process.env;
const database = new DatabaseSync(ORDER_DATABASE_FILE!, { timeout: 1_000 });
const save = database.prepare('INSERT INTO orders VALUES (?, ?, ?)');
const note = database.prepare('INSERT INTO calls VALUES (?, ?, ?)');
const noted = database.prepare('SELECT name, state FROM calls WHERE order_id = ?');

// #task 3 Up to two more attempts. Chance spreads them: after 0–50 ms, then after 0–100 ms.
const chance = new DelegateBackoff<{ attempt: number }>((n) => Math.random() * 25 * 2 ** n.attempt);
// #end
// #task 4 A breaker for each: after five failed calls in a row it is left alone for half a second.
const anyError = handleWhen(() => true);
// #end
// #task 1 One way to call each, so that all can be called at once. `safe`: asked twice, it works once.
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
    const call = () => retry(mayAsk, { maxAttempts: 2, backoff: chance }).execute(ask, deadline);
    await breaker.execute(call).catch(() => undefined);
    note.run(id, name, state);
  };
}
const calls = [
  dependent('warehouse', 'POST', `${WAREHOUSE_URL}/reservations`, true),
  dependent('fraud-detection', 'PUT', `${FRAUD_DETECTION_URL}/checks/:id`, true),
  dependent('analytics', 'POST', `${ANALYTICS_URL}/counts`, false),
];
// #end
// #task 5 Loyalty has to hear of orders too.
calls.push(dependent('loyalty', 'POST', `${process.env['LOYALTY_URL']}/points`, true));
// #end

const app = new Hono();
app.post('/orders', async (c) => {
  const order = await c.req.json();
  save.run(order.id, order.productId, order.quantity);
  // #task 2 One deadline for all calls. What is known of each is noted, and told to the customer.
  const deadline = AbortSignal.timeout(800);
  await Promise.all(calls.map((call) => call(order.id, JSON.stringify(order), deadline)));
  const dependents = noted.all(order.id);
  const status = dependents.every(({ state }) => state === 'done') ? 'complete' : 'partial';
  return c.json({ id: order.id, status, dependents }, status === 'complete' ? 201 : 202);
  // #starter
  // const [headers, body] = [{ 'content-type': 'application/json' }, JSON.stringify(order)];
  // await fetch(`${WAREHOUSE_URL}/reservations`, { method: 'POST', headers, body });
  // await fetch(`${FRAUD_DETECTION_URL}/checks/${order.id}`, { method: 'PUT', headers, body });
  // await fetch(`${ANALYTICS_URL}/counts`, { method: 'POST', headers, body });
  // return c.json({ id: order.id }, 201);
  // #end
});

app.get('/orders/:id', (c) => c.json(noted.all(c.req.param('id'))));

export default app;
