import type { Page, Request } from '@playwright/test';
import { get } from 'node:http';
import { brotliCompressSync } from 'node:zlib';

/** What a page has loaded. Bytes are those of bodies, as they crossed the wire. */
export interface Load {
  /** Addresses, in their order; the icon last. */
  requests: string[];
  bytes: number;
  /** JavaScript alone: files as they crossed the wire, scripts in the page each compressed. */
  scripts: number;
}

/**
 * Watches what a page loads from now on. The returned function weighs all that it has loaded so far.
 *
 * The icon counts, whether this browser asks for one or not: those that people use do.
 */
export function watchLoading(page: Page): () => Promise<Load> {
  const seen: Request[] = [];
  page.on('request', (request) => seen.push(request));
  return async () => {
    const icon = await iconOf(page);
    const files = await Promise.all(
      seen.filter((request) => request.url() !== icon).map(weighRequest),
    );
    const inPage = await scriptsIn(page);
    return {
      requests: [...files.map(({ url }) => url), icon],
      bytes: sum(files.map(({ bytes }) => bytes)) + (await iconBytes(icon)),
      scripts:
        sum(files.map(({ bytes, isScript }) => (isScript ? bytes : 0))) +
        sum(inPage.map((script) => brotliCompressSync(script).length)),
    };
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

async function weighRequest(
  request: Request,
): Promise<{ url: string; bytes: number; isScript: boolean }> {
  const response = await request.response();
  const type = (await response?.headerValue('content-type')) ?? '';
  return {
    url: request.url(),
    bytes: response ? (await request.sizes()).responseBodySize : 0,
    isScript: request.resourceType() === 'script' || type.includes('javascript'),
  };
}

/** The text of each script in the page that runs. */
function scriptsIn(page: Page): Promise<string[]> {
  return page
    .locator('script:not([src], [type="application/json"], [type="application/ld+json"])')
    .evaluateAll((all) => all.map((script) => script.textContent));
}

/** The icon that a browser asks for: the one that the page names, or by its old name. */
export async function iconOf(page: Page): Promise<string> {
  const named = page.locator('link[rel~="icon"]').first();
  if ((await named.count()) === 0) return new URL('/favicon.ico', page.url()).href;
  return named.evaluate((link) => (link as HTMLLinkElement).href);
}

/** Asked for by ourselves: not every browser without a window asks for icons. */
function iconBytes(icon: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(icon, { agent: false, headers: { 'accept-encoding': 'gzip, deflate, br' } }, (reply) => {
      let bytes = 0;
      reply.on('data', (chunk: Buffer) => (bytes += chunk.length));
      reply.once('end', () => resolve(bytes));
      reply.once('error', reject);
    }).once('error', reject);
  });
}
