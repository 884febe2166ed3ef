/** A page that asks the course server hears what it says, or in plain words why nothing came. */
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { ask } from './ask.ts';

const answer = (t: TestContext, reply: () => Promise<Response>): void =>
  void t.mock.method(globalThis, 'fetch', reply);

test('that nobody answers is said in words, not in a browser’s', async (t) => {
  answer(t, () => Promise.reject(new TypeError('Failed to fetch')));
  await assert.rejects(ask('/session'), /The course server does not answer/);
});

test('a refusal is told with its reason', async (t) => {
  answer(t, async () => Response.json({ detail: 'got too much' }, { status: 429 }));
  await assert.rejects(ask('/labs/x/run', 'POST'), /^Error: got too much$/);
  answer(t, async () => new Response('<h1>', { status: 500 }));
  await assert.rejects(ask('/labs/x/run', 'POST'), /^Error: reply 500$/);
});

test('what was accepted has no content; all else is JSON', async (t) => {
  answer(t, async () => new Response(null, { status: 202 }));
  assert.equal(await ask('/labs/x/run', 'POST'), undefined);
  answer(t, async () => Response.json({ mayRun: true }));
  assert.deepEqual(await ask('/session'), { mayRun: true });
});
