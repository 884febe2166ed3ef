import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';

const env = process.env as Record<string, string>;
const database = new DatabaseSync(env['ORDER_DATABASE_FILE']!, { timeout: 1_000 });
const save = database.prepare('INSERT INTO orders VALUES (?, ?, ?)');
const note = database.prepare('INSERT INTO calls VALUES (?, ?, ?)');
const noted = database.prepare('SELECT name, state FROM calls WHERE order_id = ?');

// Nothing but fetch and signals: a loop for the attempts, and a breaker of three numbers.
const dependents = [
  { name: 'warehouse', method: 'POST', path: 'reservations', safe: true },
  { name: 'fraud-detection', method: 'PUT', path: 'checks/', safe: true },
  { name: 'analytics', method: 'POST', path: 'counts', safe: false },
  { name: 'loyalty', method: 'POST', path: 'points', safe: true },
].map((one) => ({ ...one, failed: 0, openUntil: 0, trying: false }));
type Dependent = (typeof dependents)[number];

async function attempts({ name, method, path, safe }: Dependent, id: string, body: string) {
  const deadline = AbortSignal.timeout(750);
  const base = env[`${name.toUpperCase().replaceAll('-', '_')}_URL`];
  const url = `${base}/${path}${path.endsWith('/') ? id : ''}`;
  let [state, failed] = ['not done', true];
  for (let n = 1; n <= 3 && failed && !deadline.aborted; n += 1) {
    if (n > 1) await new Promise((go) => setTimeout(go, Math.random() * 30 * n));
    const signal = safe ? AbortSignal.any([deadline, AbortSignal.timeout(280)]) : deadline;
    const headers = { 'content-type': 'application/json', 'idempotency-key': `"${id}"` };
    const reply = await fetch(url, { method, body, signal, headers }).catch(() => undefined);
    const status = reply?.status ?? 0;
    failed = status === 0 || status >= 500;
    if (status === 0 || (status >= 500 && status !== 503)) state = 'unknown';
    else if (status < 300) state = 'done';
    if (state === 'unknown' && !safe) break;
  }
  return { state, failed };
}

async function call(to: Dependent, id: string, body: string) {
  if (to.trying || Date.now() < to.openUntil) return { name: to.name, state: 'not done' };
  to.trying = to.failed >= 5;
  const { state, failed } = await attempts(to, id, body);
  to.failed = failed ? to.failed + 1 : 0;
  if (to.failed >= 5) to.openUntil = Date.now() + 500;
  to.trying = false;
  return { name: to.name, state };
}

const app = new Hono();
app.post('/orders', async (c) => {
  const { id, productId, quantity } = await c.req.json();
  save.run(id, productId, quantity);
  const body = JSON.stringify({ id, productId, quantity });
  const told = await Promise.all(dependents.map((one) => call(one, id, body)));
  for (const { name, state } of told) note.run(id, name, state);
  const status = told.every(({ state }) => state === 'done') ? 'complete' : 'partial';
  return c.json({ id, status, dependents: told }, status === 'complete' ? 201 : 202);
});
app.get('/orders/:id', (c) => c.json(noted.all(c.req.param('id'))));

export default app;
