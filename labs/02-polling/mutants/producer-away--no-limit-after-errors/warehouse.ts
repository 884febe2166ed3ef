import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';

const { ORDER_SERVICE_URL, WAREHOUSE_DATABASE_FILE } = process.env;
const database = new DatabaseSync(WAREHOUSE_DATABASE_FILE!, { timeout: 1_000 });
const reserve = database.prepare('INSERT INTO reservations VALUES (NULL, ?, ?, ?)');
type Order = { id: string; productId: string; quantity: number };

const progress = database.prepare("SELECT cursor FROM progress WHERE feed = 'orders'");
const move = database.prepare("INSERT OR REPLACE INTO progress VALUES ('orders', ?)");

function store(orders: Order[], next: string): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const { id, productId, quantity } of orders) reserve.run(id, productId, quantity);
    move.run(next);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
const place = () => `/orders?after=${encodeURIComponent(String(progress.get()?.['cursor'] ?? 0))}`;

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
  answered = { path, etag: reply.headers.get('etag') ?? '' };
  return orders.length > 0;
}

// nothing, or fails, twice as long as before, up to 200 ms.
const [least, most, patience] = [50, 200, 1_000];
let pause = least;
async function run(): Promise<void> {
  // Only a poll that had an answer keeps to the longest pause.
  try {
    pause = (await poll()) ? least : Math.min(2 * pause, most);
  } catch {
    pause *= 2;
  }
  setTimeout(() => void run(), pause);
}
void run();

const app = new Hono();
app.get('/', (c) => c.json({ orders: database.prepare('SELECT * FROM reservations').all() }));

export default app;
