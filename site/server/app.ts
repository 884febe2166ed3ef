import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type Context } from 'hono';
import { etag } from 'hono/etag';
import { appendTrailingSlash } from 'hono/trailing-slash';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problem } from './problem.ts';
import { takeToken } from './token.ts';

export interface AppOptions {
  /** The folder of built pages. */
  dist: string;
  /** The port that the server listens on: part of the one address that it answers to. */
  port: number;
  /** What lets a browser run labs; without it, and without labs, there are only pages. */
  token?: string;
  labs?: Hono;
}

/**
 * On top of the page's own policy (a `<meta>` with the hashes of its scripts and styles), which can't say who may
 * frame the page.
 */
const headers = {
  'content-security-policy':
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'; object-src 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** The course server: built pages for one loopback address, and for no other. */
export function createApp({ dist, port, token, labs }: AppOptions): Hono {
  const app = new Hono();

  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    if (!c.res.headers.has('cache-control')) c.header('cache-control', cacheControl(c.req.path));
    c.header('vary', 'Accept-Encoding');
  });
  app.use(oneAddress(port));
  if (token !== undefined) app.use(takeToken(token, port));
  if (labs) app.route('/api', labs);
  app.use(async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    c.header('allow', 'GET, HEAD');
    return problem(c, 405, `got ${c.req.method}, expected GET or HEAD`);
  });
  app.use(async (c, next) => {
    // Files whose name starts with a dot are the build's own.
    if (/\/\./.test(decodedPath(c))) return notFound(c, dist);
    return next();
  });
  app.use(etag());
  app.use(appendTrailingSlash({ alwaysRedirect: true, skip: (path) => !isPage(dist, path) }));
  app.use(serveStatic({ root: dist, precompressed: true }));
  app.notFound((c) => notFound(c, dist));
  return app;
}

/** The canonical address of the server on this port. */
export const addressOf = (port: number): string => `http://${hostOf('127.0.0.1', port)}`;

const hostOf = (name: string, port: number): string => (port === 80 ? name : `${name}:${port}`);

/**
 * What a browser stores belongs to an address, so there is one spelling of it. Any other host is a
 * page on the network that had its name point at this machine (DNS rebinding): it gets nothing.
 */
function oneAddress(port: number) {
  return async (c: Context, next: () => Promise<void>): Promise<Response | void> => {
    const url = new URL(c.req.url);
    const host = (c.req.header('host') ?? url.host).toLowerCase();
    if (host === hostOf('127.0.0.1', port)) return next();
    if (host === hostOf('localhost', port)) {
      // Not remembered by the browser: tomorrow another program may own this port.
      c.header('cache-control', 'no-store');
      return c.redirect(`${addressOf(port)}${url.pathname}${url.search}`, 307);
    }
    return problem(c, 421, `got the host ${host}, expected ${hostOf('127.0.0.1', port)}`);
  };
}

/** Astro names its files by their content; everything else is asked for again and mostly unchanged. */
const cacheControl = (path: string): string =>
  path.startsWith('/_astro/') ? 'public, max-age=31536000, immutable' : 'no-cache';

const isPage = (dist: string, path: string): boolean =>
  !path.includes('..') && existsSync(join(dist, path, 'index.html'));

function decodedPath(c: Context): string {
  try {
    return decodeURIComponent(c.req.path);
  } catch {
    return c.req.path;
  }
}

function notFound(c: Context, dist: string): Response {
  const page = join(dist, '404.html');
  c.header('cache-control', 'no-store');
  if (existsSync(page)) return c.html(readFileSync(page, 'utf8'), 404);
  return problem(c, 404, `got ${c.req.path}, expected the address of a page`);
}
