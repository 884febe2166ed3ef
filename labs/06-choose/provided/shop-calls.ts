import { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';

const { AUDIT_URL, MAILER_URL, PAYMENTS_URL, PRICES_URL, SHOP_CALLS_DATABASE_FILE } = process.env;
const database = new DatabaseSync(SHOP_CALLS_DATABASE_FILE!, { timeout: 1_000 });
const save = database.prepare('INSERT INTO requests (id, kind, state) VALUES (?, ?, ?)');
const json = { 'content-type': 'application/json' };
const problem = { 'content-type': 'application/problem+json' };

/** A call, and one more if its answer was lost. Undefined: nobody answered. */
async function call(method: string, url: string, body?: object): Promise<Response | undefined> {
  const sent = body && { body: JSON.stringify(body), headers: json };
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    try {
      const signal = AbortSignal.timeout(2_000);
      return await fetch(url, { method, signal, ...sent });
    } catch {
      // Perhaps it has done the work: asked again, it may do it twice.
    }
  }
  return undefined;
}

const app = new Hono();

// Without an authorisation there is no sale.
app.post('/checkouts', async (c) => {
  const { id, amountCents } = await c.req.json();
  const answer = await call('PUT', `${PAYMENTS_URL}/authorisations/${id}`, { amountCents });
  if (!answer?.ok) return c.json({ title: 'Payments does not answer', status: 503 }, 503, problem);
  save.run(id, 'checkout', 'authorised');
  return c.json({ id, ...(await answer.json()) }, 201);
});

// Without a price there is nothing to show.
app.get('/products/:id', async (c) => {
  const visit = c.req.query('visit') ?? '';
  const answer = await call('GET', `${PRICES_URL}/prices/${c.req.param('id')}?visit=${visit}`);
  if (!answer?.ok) return c.json({ title: 'Prices does not answer', status: 503 }, 503, problem);
  return c.json(await answer.json());
});

// An order is an order, whether it is in the trail or not; and so it is with a mail.
app.post('/orders', async (c) => {
  const { id } = await c.req.json();
  await (await call('PUT', `${AUDIT_URL}/entries/${id}`, { id }))?.body?.cancel();
  save.run(id, 'order', 'placed');
  return c.json({ id, status: 'placed' }, 201);
});
app.post('/shipments', async (c) => {
  const { id } = await c.req.json();
  await (await call('POST', `${MAILER_URL}/mails`, { id }))?.body?.cancel();
  save.run(id, 'shipment', 'shipped');
  return c.json({ id, status: 'shipped' }, 201);
});

export default app;
