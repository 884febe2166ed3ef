import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Journal, type NoteLine } from '../wire/journal.ts';
import { areReady } from './ready.ts';

const id = 'warehouse-1a2b';

/** Whether the warehouse is ready, after so many notes about its clients. */
function ready(
  notes: readonly (readonly [string, NoteLine['facts']])[],
  consumers = [{ component: 'warehouse', topic: 'orders/placed/v1' }],
): Promise<boolean> {
  const journal = new Journal();
  for (const [what, facts] of notes) journal.note('warehouse', what, undefined, { facts: facts! });
  const clientId = (component: string): string => `${component}-1a2b`;
  return areReady(journal, ['warehouse'], { consumers, clientId, timeout: 1, since: 0 });
}

const connack = (clientId: string, sessionPresent: boolean, code = 0) =>
  ['connack', { clientId, sessionPresent, code }] as const;
const suback = (clientId: string) => ['suback', { clientId }] as const;

test('a consumer is ready once it has subscribed, or is back in a session that was kept', async () => {
  assert.equal(await ready([]), false);
  assert.equal(await ready([connack(id, false)]), false);
  assert.equal(await ready([connack(id, false), suback(id)]), true);
  assert.equal(await ready([connack(id, true)]), true);
});

test('a second client of a consumer says nothing about the one that consumes', async () => {
  const letters = `${id}-letters`;
  assert.equal(await ready([connack(letters, true), suback(letters)]), false);
  assert.equal(await ready([connack(letters, true), connack(id, true)]), true);
});

test('a client with an id of its own choice is the component', async () => {
  assert.equal(await ready([suback('mqttjs_0123')]), true);
});

test('who only publishes is ready once it is connected', async () => {
  assert.equal(await ready([connack(id, false)], []), true);
  assert.equal(await ready([connack(id, false, 5)], []), false);
  assert.equal(await ready([connack(`${id}-letters`, false)], []), false);
});
