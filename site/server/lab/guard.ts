import type { MiddlewareHandler } from 'hono';
import { problem } from '../problem.ts';
import { hasToken } from '../token.ts';

export interface GuardOptions {
  /** The one origin whose pages may ask: `http://127.0.0.1:4909`. */
  origin: string;
  token: string;
  port: number;
}

/**
 * Lets in only what the course's own pages send, from a browser that has the token. A page of another
 * origin sends its `Origin` with every request that it may not read the answer of; what changes
 * something must name ours.
 */
export function guard({ origin, token, port }: GuardOptions): MiddlewareHandler {
  return async (c, next) => {
    const from = c.req.header('origin');
    const isRead = c.req.method === 'GET' || c.req.method === 'HEAD';
    if (from === undefined ? !isRead : from !== origin)
      return problem(c, 403, `got the origin ${from ?? 'of nobody'}, expected ${origin}`);
    const site = c.req.header('sec-fetch-site');
    if (site !== undefined && site !== 'same-origin')
      return problem(c, 403, `got a request from a ${site} page, expected one of the course`);
    if (!hasToken(c, token, port))
      return problem(c, 401, 'got no valid token, expected the address that npm start printed');
    return next();
  };
}

/**
 * Lets through `burst` requests at once and `perSecond` after that; more get 429 and when to come
 * again.
 */
export function limit({
  burst,
  perSecond,
}: {
  burst: number;
  perSecond: number;
}): MiddlewareHandler {
  let left = burst;
  let last = performance.now();
  return async (c, next) => {
    const now = performance.now();
    left = Math.min(burst, left + ((now - last) / 1_000) * perSecond);
    last = now;
    if (left < 1) {
      c.header('retry-after', '1');
      return problem(c, 429, `got more than ${perSecond} requests a second, expected a person`);
    }
    left -= 1;
    return next();
  };
}
