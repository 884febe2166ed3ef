import { ConstantBackoff, handleAll, retry } from 'cockatiel';
import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';

const { FRAUD_DATABASE_FILE, PUSH_RELAY_URL } = process.env;
const database = new DatabaseSync(FRAUD_DATABASE_FILE!, { timeout: 1_000 });
const check = database.prepare('INSERT INTO checks (order_id, verdict) VALUES (?, ?)');
const verdictOn = (quantity: number): string => (quantity > 1_000 ? 'look at it' : 'fine');

const app = new Hono();
const isNew = database.prepare('INSERT OR IGNORE INTO inbox (source, id) VALUES (?, ?)');

app.post('/events', async (c) => {
  const { source, id, data } = await c.req.json();
  try {
    database.exec('BEGIN IMMEDIATE');
    if (isNew.run(source, id).changes === 1) check.run(data.orderId, verdictOn(data.quantity));
    database.exec('COMMIT');
    return c.body(null, 204);
  } catch {
    if (database.isTransaction) database.exec('ROLLBACK');
    return c.json({ title: 'It can’t be stored now', status: 503 }, 503, {
      'content-type': 'application/problem+json',
    });
  }
});

const untilItWorks = retry(handleAll, { maxAttempts: 20, backoff: new ConstantBackoff(100) });
await untilItWorks.execute(async () => {
  const reply = await fetch(`${PUSH_RELAY_URL}/endpoints/fraud-detection`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ topic: 'orders/placed/v1', url: '/events' }),
  });
  if (!reply.ok) throw new Error(`the relay answers ${reply.status}`);
});

export default app;
