import { Hono } from 'hono';

const { ANALYTICS_URL, FRAUD_DETECTION_URL, ORDER_SERVICE_URL } = process.env;
const grace = Number(process.env['GRACE_MS']);
const subscribers = { analytics: ANALYTICS_URL!, 'fraud-detection': FRAUD_DETECTION_URL! };
interface Order {
  id: string;
  product_id: string;
  quantity: number;
  placed_at: number;
}

/** Calls another service; an error, unless it answers with a status from 200 to 299 in time. */
async function call(url: string, init: RequestInit = {}): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  const reply = await fetch(url, { ...init, headers, signal: AbortSignal.timeout(1_000) });
  if (!reply.ok) throw new Error(`${url} answers ${reply.status}`);
  return reply;
}

// #task 7 What a subscriber lacks, and what it has that no order stands for. Its list comes first: an
// order that it has is then on the order service’s list too, which was saved before it was announced.
async function compare(url: string): Promise<{ missing: Order[]; extra: string[] }> {
  const has: string[] = await (await call(`${url}/orders`)).json();
  const orders: Order[] = await (await call(`${ORDER_SERVICE_URL}/orders`)).json();
  const [there, placed] = [new Set(has), new Set(orders.map(({ id }) => id))];
  return {
    missing: orders.filter(({ id }) => !there.has(id)),
    extra: has.filter((id) => !placed.has(id)),
  };
}

/** Brings a subscriber into line. An order younger than the grace period may still be under way. */
async function repair(url: string): Promise<{ put: number; deleted: number }> {
  const { missing, extra } = await compare(url);
  const late = missing.filter((order) => Date.now() - order.placed_at > grace);
  for (const { id, product_id: productId, quantity } of late) {
    const body = JSON.stringify({ productId, quantity });
    await call(`${url}/orders/${id}`, { method: 'PUT', body });
  }
  for (const id of extra) await call(`${url}/orders/${id}`, { method: 'DELETE' });
  return { put: late.length, deleted: extra.length };
}

async function lag(url: string): Promise<{ missing: number; extra: number; oldestMs: number }> {
  const { missing, extra } = await compare(url);
  const ages = missing.map((order) => Date.now() - order.placed_at);
  return { missing: missing.length, extra: extra.length, oldestMs: Math.max(0, ...ages) };
}

/** Asks each subscriber; one that is down doesn’t keep the others from an answer. */
async function each<T>(work: (url: string) => Promise<T>) {
  const all = Object.entries(subscribers).map(async ([name, url]) => {
    const done = await work(url).catch((error: Error) => ({ error: error.message }));
    return [name, done] as const;
  });
  const results = await Promise.all(all);
  const failed = results.some(([, result]) => 'error' in (result as object));
  return { status: failed ? (502 as const) : (200 as const), body: Object.fromEntries(results) };
}

const app = new Hono();
app.get('/lag', async (c) => {
  const { status, body } = await each(lag);
  return c.json(body, status);
});
app.post('/reconciliations', async (c) => {
  const { status, body } = await each(repair);
  return c.json(body, status);
});
// #starter
// const app = new Hono();
// app.get('/lag', (c) => c.json({ title: 'Nobody knows', status: 501 }, 501));
// #end

export default app;
