import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';

const { ORDER_SERVICE_URL, WAREHOUSE_DATABASE_FILE } = process.env;
const database = new DatabaseSync(WAREHOUSE_DATABASE_FILE!, { timeout: 1_000 });
const reserve = database.prepare(
  `INSERT INTO reservations (order_id, product_id, quantity) SELECT ?1, ?2, ?3
   WHERE NOT EXISTS (SELECT 1 FROM reservations WHERE order_id = ?1)`,
);
type Order = { id: string; productId: string; quantity: number };

// Task 1: Remember how far you have read in the table `progress`, in one transaction with the orders.
const progress = database.prepare("SELECT cursor FROM progress WHERE feed = 'orders'");
const move = database.prepare("INSERT OR REPLACE INTO progress VALUES ('orders', ?)");

function store(orders: Order[], next: string): void {
  // What stands already is left alone, so that a reply may come again; the cursor moves last.
  for (const { id, productId, quantity } of orders) reserve.run(id, productId, quantity);
  move.run(next);
}
const place = () => `/orders?after=${encodeURIComponent(String(progress.get()?.['cursor'] ?? 0))}`;

// Task 2: Keep the ETag of each answer with the question that it answered. Ask the same question again
// with If-None-Match: a 304 then says that nothing has changed, and has no body.
let answered = { path: '', etag: '' };
async function poll(): Promise<boolean> {
  const path = place();
  const headers = new Headers();
  if (answered.path === path) headers.set('if-none-match', answered.etag);
  const signal = AbortSignal.timeout(patience);
  const reply = await fetch(`${ORDER_SERVICE_URL}${path}`, { headers, signal });
  if (reply.status === 304) return false;
  if (!reply.ok) throw new Error(`reply ${reply.status}`);
  const { orders, next } = (await reply.json()) as { orders: Order[]; next: string };
  store(orders, next);
  // Task 2: Only now: an answer that could not be stored must come again.
  answered = { path, etag: reply.headers.get('etag') ?? '' };
  return orders.length > 0;
}

// Task 3: One poll at a time, and none for ever. After news pause 50 ms; after each poll that brings
// nothing, or fails, twice as long as before, up to 200 ms.
const [least, most, patience] = [50, 200, 1_000];
let pause = least;
async function run(): Promise<void> {
  const news = await poll().catch(() => false);
  pause = news ? least : Math.min(2 * pause, most);
  setTimeout(() => void run(), pause);
}
void run();

const app = new Hono();
app.get('/', (c) => c.json({ orders: database.prepare('SELECT * FROM reservations').all() }));

export default app;
