import { Hono } from 'hono';
import { createStorage } from 'unstorage';

// A cache that speaks HTTP. Whatever is under a path stays there until it is replaced or removed.
const entries = createStorage<string>();

const app = new Hono();

app.get('*', async (c) => {
  const entry = await entries.getItemRaw<string>(c.req.path);
  if (entry === null || entry === undefined) return c.body(null, 404);
  return c.body(entry, 200, { 'content-type': 'application/json' });
});

app.put('*', async (c) => {
  await entries.setItemRaw(c.req.path, await c.req.text());
  return c.body(null, 204);
});

app.delete('*', async (c) => {
  await entries.removeItem(c.req.path);
  return c.body(null, 204);
});

export default app;
