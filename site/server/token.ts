import { getCookie, setCookie } from 'hono/cookie';
import type { Context, MiddlewareHandler } from 'hono';
import { randomBytes } from 'node:crypto';
import { isSecret } from '../../labs/kit/live/secret.ts';

/** A secret for one start of the course server, as it stands in the printed address. */
export const createToken = (): string => randomBytes(18).toString('base64url');

/** Cookies know no ports: without the port, two courses on one machine would take each other's. */
const cookieName = (port: number): string => `nine-hops-${port}`;

/**
 * Turns the secret in an address (`/?token=…`) into a cookie that no script can read and no other
 * site can send, and takes it out of the address, so that it is in no history and no bookmark.
 */
export function takeToken(token: string, port: number): MiddlewareHandler {
  return async (c, next) => {
    const url = new URL(c.req.url);
    const given = url.searchParams.get('token');
    if (given === null || c.req.method !== 'GET') return next();
    if (isSecret(given, token))
      setCookie(c, cookieName(port), token, { httpOnly: true, sameSite: 'Strict', path: '/api' });
    url.searchParams.delete('token');
    c.header('cache-control', 'no-store');
    // Two slashes at the start would name another host.
    return c.redirect(`${url.pathname.replace(/^\/+/, '/')}${url.search}`, 303);
  };
}

/** Whether a request comes from a browser that has opened the printed address of this start. */
export function hasToken(c: Context, token: string, port: number): boolean {
  const given = getCookie(c, cookieName(port));
  return given !== undefined && isSecret(given, token);
}
