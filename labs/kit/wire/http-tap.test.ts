import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { httpTap } from './http-tap.ts';
import type { Line } from './journal.ts';
import { wire } from './testing/wire.ts';

const json: RequestListener = (req, res) => {
  req.resume();
  res.writeHead(201, { 'content-type': 'application/json', 'x-set-cookie': ['a', 'b'] });
  res.end(JSON.stringify({ path: req.url, host: req.headers.host }));
};

async function tapped(t: TestContext, listener: RequestListener = json) {
  const w = wire();
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const tap = await httpTap({ from: 'client', to: 'service', instance: 2 }, w.witness, port);
  t.after(async () => {
    await tap.close();
    server.close();
    server.closeAllConnections();
    w.close();
  });
  const call = (init?: RequestInit): Promise<Response> =>
    fetch(`${tap.url}/x?y=1`, { signal: AbortSignal.timeout(5_000), ...init });
  return { ...w, tap, call, port };
}

test('a request and its reply cross unchanged and are journaled with edge and instance', async (t) => {
  const { call, journal } = await tapped(t);
  const reply = await call({ method: 'POST', body: 'hello' });
  assert.equal(reply.status, 201);
  assert.equal(((await reply.json()) as { path: string }).path, '/x?y=1');
  assert.equal(reply.headers.get('x-set-cookie'), 'a, b');
  const [request, answer] = journal.lines;
  assert.deepEqual(
    [request, answer].map((l) => l?.type === 'hop' && [l.kind, l.from, l.to, l.instance]),
    [
      ['post', 'client', 'service', 2],
      ['201', 'service', 'client', 2],
    ],
  );
});

test('a reply without a body stays without one', async (t) => {
  const { call } = await tapped(t, (_, res) => res.writeHead(204).end());
  const reply = await call();
  assert.equal(reply.status, 204);
  assert.equal(await reply.text(), '');
});

test('status: answers itself, and the service is never asked', async (t) => {
  let asked = 0;
  const { call, tap, hops } = await tapped(t, (req, res) => {
    asked += 1;
    json(req, res);
  });
  const injected = tap.faults.inject({ kind: 'status', status: 503 }, { first: 1 });
  assert.equal((await call()).status, 503);
  assert.equal(asked, 0);
  assert.equal(injected.hits, 1);
  assert.equal((await call()).status, 201, 'first 1: the second is not hit');
  assert.ok(hops().includes('http.503.service.client'));
});

test('status, held: answered once all have asked', async (t) => {
  const { call, tap, hops } = await tapped(t);
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  let asked = 0;
  tap.faults.inject({
    kind: 'status',
    status: 503,
    reached: () => ((asked += 1) === 2 && reached.resolve(), released.promise),
  });
  const replies = Promise.all([call(), call()]);
  await reached.promise;
  assert.deepEqual(hops(), ['http.get.client.service', 'http.get.client.service']);
  released.resolve();
  assert.deepEqual(
    (await replies).map(({ status }) => status),
    [503, 503],
  );
});

test('reset: the connection breaks before the service is asked', async (t) => {
  let asked = 0;
  const { call, tap } = await tapped(t, (req, res) => {
    asked += 1;
    json(req, res);
  });
  tap.faults.inject({ kind: 'reset' });
  await assert.rejects(call());
  assert.equal(asked, 0);
});

test('reset-after: the work is done, the reply is lost', async (t) => {
  let asked = 0;
  const { call, tap } = await tapped(t, (req, res) => {
    asked += 1;
    json(req, res);
  });
  tap.faults.inject({ kind: 'reset-after' });
  await assert.rejects(call());
  assert.equal(asked, 1);
});

test('timeout: a black hole; the caller gives up', async (t) => {
  const { call, tap, hops, journal } = await tapped(t);
  tap.faults.inject({ kind: 'timeout' });
  await assert.rejects(call({ signal: AbortSignal.timeout(50) }), { name: 'TimeoutError' });
  const gaveUp = (line: Line): boolean => line.type === 'note' && line.what === 'gave up';
  assert.ok(await journal.waitFor(gaveUp, { timeout: 5_000 }), 'that it gave up is noted');
  assert.deepEqual(hops(), ['http.get.client.service']);
});

test('latency: the request goes on later', async (t) => {
  const { call, tap, journal } = await tapped(t);
  tap.faults.inject({ kind: 'latency', ms: 60 });
  await call();
  const [request, , reply] = journal.lines;
  assert.ok(reply!.at - request!.at >= 55);
});

test('slow-body: the whole body, slowly', async (t) => {
  const { call, tap } = await tapped(t, (_, res) => res.end('0123456789'));
  tap.faults.inject({ kind: 'slow-body', bytesPerSecond: 500 });
  assert.equal(await (await call()).text(), '0123456789');
});

test('rewrite: the caller gets another body', async (t) => {
  const { call, tap } = await tapped(t, (_, res) => res.end('old'));
  tap.faults.inject({ kind: 'rewrite', body: (body) => body.replace('old', 'newer') });
  assert.equal(await (await call()).text(), 'newer');
});

test('a service that is gone breaks the connection, and a new address mends it', async (t) => {
  const { call, tap, port, notes } = await tapped(t);
  tap.upstream = undefined;
  await assert.rejects(call());
  assert.equal(notes('broken').length, 1);
  tap.upstream = port;
  assert.equal((await call()).status, 201);
});

test('a body that is too long is refused, and the tap goes on', async (t) => {
  const { call, notes } = await tapped(t);
  await assert.rejects(call({ method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) }));
  assert.match(notes('broken')[0]!.detail ?? '', /too long/);
  assert.equal((await call()).status, 201);
});

test('hold: the request waits until it is let go; hold-reply: the work is done meanwhile', async (t) => {
  for (const kind of ['hold', 'hold-reply'] as const) {
    let asked = 0;
    const { call, tap, hops } = await tapped(t, (req, res) => {
      asked += 1;
      json(req, res);
    });
    const reached = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    tap.faults.inject({ kind, reached: () => (reached.resolve(), released.promise) }, { first: 1 });
    const reply = call();
    await reached.promise;
    assert.equal(asked, kind === 'hold' ? 0 : 1);
    assert.deepEqual(hops(), ['http.get.client.service']);
    released.resolve();
    assert.equal((await reply).status, 201);
  }
});

test('a fault for a text hits only the exchanges that hold it', async (t) => {
  const { call, tap } = await tapped(t);
  const injected = tap.faults.inject({ kind: 'status', status: 503 }, { text: 'o-1' });
  const post = async (body: string): Promise<number> =>
    (await call({ method: 'POST', body })).status;
  assert.equal(await post('o-2'), 201);
  assert.equal(await post('o-1'), 503);
  assert.equal(injected.hits, 1);
});

test('the bytes of both messages are counted, head and body, and telling headers are kept', async (t) => {
  const { call, journal } = await tapped(t, (_, res) => {
    res.setHeader('etag', '"7"');
    res.sendDate = false;
    res.writeHead(304).end();
  });
  await call({ headers: { 'if-none-match': '"7"', 'idempotency-key': 'k' } });
  const [asked, answered] = journal.lines.map((line) => (line.type === 'hop' ? line.facts : {}));
  assert.equal(asked?.['ifNoneMatch'], '"7"');
  assert.equal(asked?.['idempotencyKey'], 'k');
  assert.equal(asked?.['bytes'], 0);
  assert.ok(Number(asked?.['head']) > 'GET /x?y=1 HTTP/1.1\r\nif-none-match: "7"\r\n\r\n'.length);
  const head =
    'HTTP/1.1 304 Not Modified\r\netag: "7"\r\nConnection: keep-alive\r\nKeep-Alive: timeout=5\r\n\r\n';
  assert.equal(answered?.['head'], head.length);
  assert.equal(answered?.['etag'], '"7"');
  assert.equal(asked?.['exchange'], answered?.['exchange']);
});
