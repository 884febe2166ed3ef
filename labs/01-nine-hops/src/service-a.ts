import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';

const { CACHE_A_URL, DATABASE_A_FILE } = process.env;
const database = new DatabaseSync(DATABASE_A_FILE!, { timeout: 1_000 });
const find = database.prepare(
  'SELECT id, name, price_cents AS priceCents FROM products WHERE id = ?',
);

// TODO task 1: Read through Cache A: GET asks for an entry, PUT stores one, both at CACHE_A_URL/products/{id}.
// A cache is there for speed. If it fails or hangs, do as if it had nothing.

const app = new Hono();

app.get('/products/:id', async (c) => {
  const id = c.req.param('id');
  // TODO task 1: Ask the cache first; after a miss, put what you found there for the next reader.
  const product = find.get(id);
  if (!product) {
    const problem = { title: 'No such product', status: 404 };
    return c.json(problem, 404, { 'content-type': 'application/problem+json' });
  }
  return c.json(product);
});

export default app;
