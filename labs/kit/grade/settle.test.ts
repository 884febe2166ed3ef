import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SeenHop } from '../flow/types.ts';
import { judged } from './settle.ts';

const hop = (kind: string, from: string, to: string): SeenHop => ({
  via: 'mqtt',
  kind,
  from,
  to,
  at: 0,
});
const hops = [hop('publish', 'a', 'bus'), hop('puback', 'a', 'bus'), hop('deliver', 'bus', 'b')];
const left = (...without: string[]): string[] => judged({ hops }, without).map(({ kind }) => kind);

test('a component, an edge, or one kind of message on an edge is left out', () => {
  assert.deepEqual(left(), ['publish', 'puback', 'deliver']);
  assert.deepEqual(left('b'), ['publish', 'puback']);
  assert.deepEqual(left('a→bus'), ['deliver']);
  assert.deepEqual(left('puback a→bus'), ['publish', 'deliver']);
  assert.deepEqual(left('puback bus→a'), ['publish', 'puback', 'deliver']);
});
