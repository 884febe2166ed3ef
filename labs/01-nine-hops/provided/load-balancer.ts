import { Hono } from 'hono';
import { proxy } from 'hono/proxy';

const { API_GATEWAY_URLS = '' } = process.env;
const gateways = API_GATEWAY_URLS.split(',');
let next = 0;

const app = new Hono();

// Round robin: each request goes to the gateway after the last one's.
app.all('*', async (c) => {
  const gateway = gateways[next++ % gateways.length];
  const { pathname, search } = new URL(c.req.url);
  try {
    return await proxy(`${gateway}${pathname}${search}`, { raw: c.req.raw });
  } catch {
    const problem = { title: 'No gateway answers', status: 502 };
    return c.json(problem, 502, { 'content-type': 'application/problem+json' });
  }
});

export default app;
