import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createApp } from './app.ts';
import { precompress } from './precompress.ts';

const port = 4909;
const here = `127.0.0.1:${port}`;
let dist = '';

const request = (path: string, init: RequestInit & { host?: string } = {}) => {
  const { host = here, ...rest } = init;
  const headers = new Headers(rest.headers);
  headers.set('host', host);
  return createApp({ dist, port }).request(`http://${host}${path}`, { ...rest, headers });
};

before(() => {
  dist = mkdtempSync(join(tmpdir(), 'site-app-'));
  mkdirSync(join(dist, 'chapter'));
  mkdirSync(join(dist, '_astro'));
  writeFileSync(join(dist, 'index.html'), '<h1>Home</h1>');
  writeFileSync(join(dist, '404.html'), '<h1>No such page</h1>');
  writeFileSync(join(dist, 'chapter', 'index.html'), '<h1>Chapter</h1>');
  writeFileSync(join(dist, '_astro', 'a.1234.css'), 'p{}');
  precompress(dist);
  writeFileSync(join(dist, '.stamp'), 'secret');
});
after(() => rmSync(dist, { recursive: true }));

describe('pages', () => {
  it('are served, to be asked for again', async () => {
    const reply = await request('/');
    assert.equal(reply.status, 200);
    assert.equal(await reply.text(), '<h1>Home</h1>');
    assert.match(reply.headers.get('content-type')!, /^text\/html/);
    assert.equal(reply.headers.get('cache-control'), 'no-cache');
  });

  it('are not sent again if the browser has them', async () => {
    const etag = (await request('/chapter/')).headers.get('etag')!;
    const reply = await request('/chapter/', { headers: { 'if-none-match': etag } });
    assert.equal(reply.status, 304);
    assert.equal(await reply.text(), '');
  });

  it('have one address each: the slash at the end is added', async () => {
    const reply = await request('/chapter');
    assert.equal(reply.status, 301);
    assert.equal(new URL(reply.headers.get('location')!, `http://${here}`).pathname, '/chapter/');
  });

  it('come compressed to whoever accepts it, and say that it depends', async () => {
    for (const encoding of ['br', 'gzip']) {
      const reply = await request('/', { headers: { 'accept-encoding': encoding } });
      assert.equal(reply.headers.get('content-encoding'), encoding);
      assert.match(reply.headers.get('vary')!, /accept-encoding/i);
    }
    assert.equal((await request('/')).headers.get('content-encoding'), null);
  });

  it('let a browser keep what is named by its content', async () => {
    const reply = await request('/_astro/a.1234.css');
    assert.match(reply.headers.get('cache-control')!, /immutable/);
  });

  it('answer HEAD without a body', async () => {
    const reply = await request('/', { method: 'HEAD' });
    assert.equal(reply.status, 200);
    assert.equal(await reply.text(), '');
  });
});

describe('what is not there', () => {
  for (const path of ['/nope', '/nope/', '/.stamp', '/%2estamp', '/../package.json', '/%2e%2e/x']) {
    it(`${path} is the 404 page`, async () => {
      const reply = await request(path);
      assert.equal(reply.status, 404);
      assert.match(await reply.text(), /No such page/);
      assert.equal(reply.headers.get('cache-control'), 'no-store');
    });
  }

  it('other methods are refused as problem+json', async () => {
    const reply = await request('/', { method: 'POST', body: 'x' });
    assert.equal(reply.status, 405);
    assert.equal(reply.headers.get('allow'), 'GET, HEAD');
    assert.equal(reply.headers.get('content-type'), 'application/problem+json');
  });
});

describe('the address', () => {
  it('localhost leads to the canonical one, with path and query', async () => {
    const reply = await request('/chapter/?a=b', { host: `localhost:${port}` });
    assert.equal(reply.status, 307);
    assert.equal(reply.headers.get('location'), `http://${here}/chapter/?a=b`);
  });

  for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1:80', '127.0.0.1']) {
    it(`${host} gets nothing`, async () => {
      const reply = await request('/', { host });
      assert.equal(reply.status, 421);
      assert.equal(reply.headers.get('content-type'), 'application/problem+json');
      const { status, detail } = (await reply.json()) as { status: number; detail: string };
      assert.equal(status, 421);
      assert.match(detail, new RegExp(`got the host ${host}, expected ${here}`));
    });
  }
});

describe('every reply', () => {
  for (const [path, init] of [
    ['/', {}],
    ['/nope', {}],
    ['/', { method: 'POST' }],
    ['/', { host: 'evil.example' }],
  ] as const) {
    it(`carries the security headers: ${path} ${JSON.stringify(init)}`, async () => {
      const { headers } = await request(path, init);
      assert.match(headers.get('content-security-policy')!, /frame-ancestors 'none'/);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('referrer-policy'), 'no-referrer');
    });
  }
});
