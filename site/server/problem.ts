import type { Context } from 'hono';
import { STATUS_CODES } from 'node:http';

/** An error as RFC 9457 has it: `application/problem+json`. */
export function problem(
  c: Context,
  status: 401 | 403 | 404 | 405 | 409 | 421 | 429 | 500,
  detail: string,
): Response {
  return c.body(JSON.stringify({ title: STATUS_CODES[status], status, detail }), status, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  });
}
