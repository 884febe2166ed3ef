/** Who may ask the course server to run something, and who may not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApp } from '../app.ts';
import { createLabApi } from './api.ts';

const port = 4909;
const origin = `http://127.0.0.1:${port}`;
const token = 'the-token-of-this-start';
/** As long as the right one: that alone must not do. */
const wrong = 'the-token-of-last-start';

/** No lab is started here: every request but those that must be let in stops before. */
function course(): {
  ask: (path: string, options?: Asked) => Promise<Response>;
  close: () => Promise<void>;
} {
  const labs = createLabApi({ origin, token, port });
  const app = createApp({ dist: '/nowhere', port, token, labs: labs.app });
  const ask = async (path: string, { method = 'GET', ...headers }: Asked = {}): Promise<Response> =>
    app.request(`${origin}${path}`, { method, headers: { host: `127.0.0.1:${port}`, ...headers } });
  return { ask, close: labs.close };
}
interface Asked {
  method?: string;
  [header: string]: string;
}
const cookie = `nine-hops-${port}=${token}`;
const post = { method: 'POST', origin, cookie };

test('the printed address gives a cookie that no script reads and no other site sends', async () => {
  const { ask } = course();
  const reply = await ask(`/01-nine-hops/project/?token=${token}&x=1`);
  assert.equal(reply.status, 303);
  assert.equal(reply.headers.get('location'), '/01-nine-hops/project/?x=1');
  assert.equal(reply.headers.get('set-cookie'), `${cookie}; Path=/api; HttpOnly; SameSite=Strict`);
  assert.equal(reply.headers.get('referrer-policy'), 'no-referrer');
});

test('a wrong token gives no cookie, and the page can still be read', async () => {
  const { ask } = course();
  const reply = await ask(`/?token=${wrong}`);
  assert.equal(reply.status, 303);
  assert.equal(reply.headers.get('set-cookie'), null);
});

test('a page learns whether it may run labs', async () => {
  const { ask } = course();
  const told = async (headers: Asked): Promise<unknown> =>
    (await ask('/api/session', headers)).json();
  assert.deepEqual(await told({}), { mayRun: false });
  assert.deepEqual(await told({ cookie: `nine-hops-${port}=${wrong}` }), { mayRun: false });
  assert.deepEqual(await told({ cookie: `nine-hops-4910=${token}` }), { mayRun: false });
  assert.deepEqual(await told({ cookie }), { mayRun: true });
});

test('an address that begins with two slashes leads to no other host', async () => {
  const { ask } = course();
  const reply = await ask('//evil.example/?token=guessed');
  assert.equal(reply.headers.get('location'), '/evil.example/');
});

const refused: readonly (readonly [why: string, asked: Asked, status: number])[] = [
  ['no token', { method: 'POST', origin }, 401],
  ['the token of another start', { ...post, cookie: `nine-hops-${port}=${wrong}` }, 401],
  ['a foreign origin', { ...post, origin: 'https://example.com' }, 403],
  ['another port of this machine', { ...post, origin: 'http://127.0.0.1:3000' }, 403],
  ['another name of this machine', { ...post, origin: `http://localhost:${port}` }, 403],
  ['a page without an origin', { ...post, origin: 'null' }, 403],
  ['no origin at all', { method: 'POST', cookie }, 403],
  ['a page of the same site', { ...post, 'sec-fetch-site': 'same-site' }, 403],
  ['a rebinding name', { ...post, host: `rebound.example:${port}` }, 421],
  ['a foreign host with our port', { ...post, host: `127.0.0.1.example.com:${port}` }, 421],
];
for (const [why, asked, status] of refused)
  test(`a command is refused: ${why}`, async () => {
    const { ask } = course();
    const reply = await ask('/api/labs/01-nine-hops/break', asked);
    assert.equal(reply.status, status);
    assert.equal(reply.headers.get('content-type'), 'application/problem+json');
    assert.equal(reply.headers.get('access-control-allow-origin'), null);
  });

test('events and journals are for those who have the token', async () => {
  const { ask } = course();
  for (const what of ['events', 'map', 'replays']) {
    const path = `/api/labs/01-nine-hops/${what}`;
    assert.equal((await ask(path)).status, 401);
    assert.equal((await ask(path, { cookie, origin: 'https://example.com' })).status, 403);
    assert.equal((await ask(path, { cookie, 'sec-fetch-site': 'cross-site' })).status, 403);
  }
});

test('a preflight of another origin is not answered with leave to ask', async () => {
  const { ask } = course();
  const reply = await ask('/api/labs/01-nine-hops/run', {
    method: 'OPTIONS',
    origin: 'https://example.com',
    'access-control-request-method': 'POST',
  });
  assert.equal(reply.status, 403);
  assert.equal(reply.headers.get('access-control-allow-origin'), null);
});

test('a command for a lab that does not run says so', async () => {
  const { ask } = course();
  for (const what of [
    'break',
    'fail-over',
    'mend',
    'check',
    'grade',
    'reset',
    'act/read-product',
    'stop',
  ])
    assert.equal((await ask(`/api/labs/01-nine-hops/${what}`, post)).status, 409, what);
});

test('a map of a lab that does not run says so', async () => {
  const { ask } = course();
  const reply = await ask('/api/labs/04-topics/map', { cookie });
  assert.equal(reply.status, 409);
  assert.match(await reply.text(), /got no lab that runs, expected one/);
});

test('what there is not is named', async () => {
  const { ask } = course();
  for (const path of [
    'labs/99-none/run',
    'labs/01-nine-hops/dance',
    'labs/01-nine-hops/act',
    'nothing',
  ])
    assert.equal((await ask(`/api/${path}`, post)).status, 404, path);
});

test('a flood of commands is stopped, and pages are still served', async () => {
  const { ask } = course();
  const replies = await Promise.all(
    Array.from({ length: 200 }, () => ask('/api/labs/01-nine-hops/break', post)),
  );
  const stopped = replies.filter((reply) => reply.status === 429);
  assert.ok(stopped.length >= 180, `${stopped.length} of 200 were stopped`);
  assert.equal(stopped[0]!.headers.get('retry-after'), '1');
  assert.deepEqual(await (await ask('/api/session', { cookie })).json(), { mayRun: true });
});
