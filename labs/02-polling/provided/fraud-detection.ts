import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';

// Naive polling: at a fixed interval it asks for everything, and keeps what it did not have yet.
const { ORDER_SERVICE_URL, FRAUD_DATABASE_FILE } = process.env;
const database = new DatabaseSync(FRAUD_DATABASE_FILE!, { timeout: 1_000 });
const keep = database.prepare('INSERT OR IGNORE INTO looked_at (order_id) VALUES (?)');
const interval = 100;

async function poll(): Promise<void> {
  const reply = await fetch(`${ORDER_SERVICE_URL}/orders`, { signal: AbortSignal.timeout(1_000) });
  const { orders } = (await reply.json()) as { orders: { id: string }[] };
  for (const { id } of orders) keep.run(id);
}

async function run(): Promise<void> {
  for (;;) {
    await poll().catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, interval));
  }
}
void run();

const app = new Hono();
app.get('/', (c) => c.json({ orders: database.prepare('SELECT * FROM looked_at').all() }));

export default app;
