import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { load, save } from './store.ts';

const key = 'nine-hops';
const empty = { v: 1, seen: {}, answers: {} };
const before = Object.getOwnPropertyDescriptor(globalThis, 'localStorage');

/** A browser's storage, as far as the store uses it. */
function fakeStorage(text?: string): Map<string, string> {
  const content = new Map(text === undefined ? [] : [[key, text]]);
  Object.defineProperty(globalThis, 'localStorage', {
    configurable: true,
    value: {
      getItem: (name: string) => content.get(name) ?? null,
      setItem: (name: string, value: string) => content.set(name, value),
    },
  });
  return content;
}

function brokenStorage(get: () => unknown): void {
  Object.defineProperty(globalThis, 'localStorage', { configurable: true, get });
}

afterEach(() => {
  if (before) Object.defineProperty(globalThis, 'localStorage', before);
});

const see = (lesson: string, at: number) => save(({ seen }) => (seen[lesson] = at));

test('nothing is remembered at first', () => {
  fakeStorage();
  assert.deepEqual(load(), empty);
});

test('what is saved is there the next time, beside what was there before', () => {
  fakeStorage();
  see('01-nine-hops/learn', 1000);
  save(({ answers }) => (answers['01-nine-hops/sync'] = 'service-a'));
  see('01-nine-hops/visualize', 2000);
  assert.deepEqual(load(), {
    v: 1,
    seen: { '01-nine-hops/learn': 1000, '01-nine-hops/visualize': 2000 },
    answers: { '01-nine-hops/sync': 'service-a' },
  });
});

test('the format is the agreed one', () => {
  const content = fakeStorage();
  see('01-nine-hops/learn', 1000);
  assert.deepEqual(JSON.parse(content.get(key)!), {
    ...empty,
    seen: { '01-nine-hops/learn': 1000 },
  });
});

test('fields that this version does not know are kept', () => {
  const content = fakeStorage('{"v":1,"cards":{"a":[1]},"seen":{"x/y":1}}');
  see('01-nine-hops/learn', 2);
  assert.deepEqual(JSON.parse(content.get(key)!), {
    ...empty,
    cards: { a: [1] },
    seen: { 'x/y': 1, '01-nine-hops/learn': 2 },
  });
});

describe('what it does not understand is read as empty and stays as it is', () => {
  for (const text of [
    '',
    'hello',
    '{"v":1,"seen":{',
    'null',
    '7',
    '"text"',
    '[]',
    '{}',
    '{"seen":{"01-nine-hops/learn":1}}',
    '{"v":2,"seen":{"01-nine-hops/learn":1}}',
    '{"v":"1"}',
    '{"v":1,"seen":[]}',
    '{"v":1,"seen":"all"}',
    '{"v":1,"answers":3}',
  ]) {
    test(text || 'an empty text', () => {
      const content = fakeStorage(text);
      assert.deepEqual(load(), empty);
      see('01-nine-hops/learn', 1);
      assert.equal(content.get(key), text);
    });
  }
});

describe('a storage that refuses does no harm', () => {
  const refuse = (): never => {
    throw new Error('refused');
  };
  for (const [name, get] of [
    ['it is off', refuse],
    ['there is none', () => undefined],
    ['it can’t be read', () => ({ getItem: refuse, setItem: refuse })],
    ['it is full', () => ({ getItem: () => null, setItem: refuse })],
  ] as const) {
    test(name, () => {
      brokenStorage(get);
      assert.deepEqual(load(), empty);
      see('01-nine-hops/learn', 1);
      assert.deepEqual(load(), empty);
    });
  }
});
