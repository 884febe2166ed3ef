import { Hono, type Context } from 'hono';
import { proxy } from 'hono/proxy';

const { API_TOKEN, SERVICE_A_URL, SERVICE_B_URL } = process.env;

// Errors are problem details (RFC 9457).
const problem = (c: Context, status: 401 | 404 | 502, title: string): Response =>
  c.json({ title, status }, status, { 'content-type': 'application/problem+json' });

const routeTo = (service: string | undefined) => async (c: Context) => {
  const { pathname, search } = new URL(c.req.url);
  try {
    return await proxy(`${service}${pathname}${search}`, { raw: c.req.raw });
  } catch {
    return problem(c, 502, 'The service does not answer');
  }
};

const app = new Hono();

// Who is asking? A bearer token (RFC 6750) decides.
app.use('*', async (c, next) => {
  if (c.req.header('authorization') === `Bearer ${API_TOKEN}`) return next();
  c.header('www-authenticate', 'Bearer');
  return problem(c, 401, 'A valid token is missing');
});

app.all('/products/*', routeTo(SERVICE_A_URL));
app.all('/orders/*', routeTo(SERVICE_B_URL));
app.all('/orders', routeTo(SERVICE_B_URL));
app.notFound((c) => problem(c, 404, 'No service is known for this path'));

export default app;
