import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';

const { CACHE_A_URL, DATABASE_A_FILE } = process.env;
const database = new DatabaseSync(DATABASE_A_FILE!, { timeout: 1_000 });
const find = database.prepare(
  'SELECT id, name, price_cents AS priceCents FROM products WHERE id = ?',
);

// Read through Cache A: GET asks for an entry, PUT stores one, both at CACHE_A_URL/products/{id}.
// A cache is there for speed. If it fails or hangs, do as if it had nothing.
async function cached(url: string): Promise<unknown> {
  try {
    const reply = await fetch(url, { signal: AbortSignal.timeout(300) });
    return reply.ok ? await reply.json() : undefined;
  } catch {
    return undefined;
  }
}

async function fill(url: string, product: unknown): Promise<void> {
  const body = JSON.stringify(product);
  const signal = AbortSignal.timeout(300);
  await fetch(url, { method: 'PUT', body, signal }).catch(() =>
    console.log('Cache A is not there'),
  );
}

const app = new Hono();

app.get('/products/:id', async (c) => {
  const id = c.req.param('id');
  // Ask the cache first; after a miss, put what you found there for the next reader.
  const entry = `${CACHE_A_URL}/products/${id}`;
  const known = await cached(entry);
  if (known) return c.json(known);
  const product = find.get(id);
  if (!product) {
    const problem = { title: 'No such product', status: 404 };
    return c.json(problem, 404, { 'content-type': 'application/problem+json' });
  }
  await fill(entry, { name: product['name'] });
  return c.json(product);
});

export default app;
