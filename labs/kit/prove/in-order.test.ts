import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inOrder } from './in-order.ts';

/** Things that are done when the test says so. */
function works(names: readonly string[]) {
  const end = new Map(names.map((name) => [name, Promise.withResolvers<void>()]));
  const begun: string[] = [];
  const says = new Map<string, (text: string) => void>();
  const work = (name: string, say: (text: string) => void): Promise<void> => {
    begun.push(name);
    says.set(name, say);
    return end.get(name)!.promise;
  };
  const say = (name: string, text: string): void => says.get(name)!(text);
  return { begun, work, say, end: (name: string) => end.get(name)! };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('the first is heard as it comes, the others once it is their turn', async () => {
  const w = works(['a', 'b', 'c']);
  const out: string[] = [];
  const done = inOrder(['a', 'b', 'c'], 2, w.work, (text: string) => out.push(text));
  assert.deepEqual(w.begun, ['a', 'b']);
  w.say('b', 'b1');
  w.say('a', 'a1');
  assert.deepEqual(out, ['a1']);
  w.end('b').resolve();
  await settled();
  assert.deepEqual(w.begun, ['a', 'b', 'c']);
  w.say('c', 'c1');
  w.say('a', 'a2');
  assert.deepEqual(out, ['a1', 'a2']);
  w.end('a').resolve();
  await settled();
  assert.deepEqual(out, ['a1', 'a2', 'b1', 'c1']);
  w.say('c', 'c2');
  assert.equal(out.at(-1), 'c2');
  w.end('c').resolve();
  await done;
});

test('one worker does one after the other', async () => {
  const w = works(['a', 'b']);
  const done = inOrder(['a', 'b'], 1, w.work, () => undefined);
  assert.deepEqual(w.begun, ['a']);
  w.end('a').resolve();
  await settled();
  assert.deepEqual(w.begun, ['a', 'b']);
  w.end('b').resolve();
  await done;
});

test('what one throws is thrown once the others are done and heard', async () => {
  const w = works(['a', 'b']);
  const out: string[] = [];
  const done = inOrder(['a', 'b'], 2, w.work, (text: string) => out.push(text));
  const rejected = assert.rejects(done, /no broker/);
  w.end('a').reject(new Error('no broker'));
  await settled();
  w.say('b', 'b1');
  w.end('b').resolve();
  await rejected;
  assert.deepEqual(out, ['b1']);
});

test('nothing to do is done', async () => {
  await inOrder(
    [],
    2,
    () => Promise.reject(new Error('why?')),
    () => undefined,
  );
});
