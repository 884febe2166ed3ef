import assert from 'node:assert/strict';
import { test } from 'node:test';
import architecture from '../../01-nine-hops/flow.ts';
import { variable, wiredEdges } from './wiring.ts';

test('a tap stands on every wire of chapter 1, once, in the direction in which it is opened', () => {
  const taps = wiredEdges(architecture).map(({ via, from, to }) => `${via} ${from} ${to}`);
  assert.deepEqual(taps.toSorted(), [
    'http api-gateway service-a',
    'http api-gateway service-b',
    'http load-balancer api-gateway',
    'http service-a cache-a',
    'http service-b cache-b',
    'http user load-balancer',
    'mqtt service-b event-bus',
    'mqtt service-c event-bus',
  ]);
});

test('a component learns of another by a variable in upper case', () => {
  assert.equal(variable('cache-a', 'url'), 'CACHE_A_URL');
  assert.equal(variable('api-gateway', 'urls'), 'API_GATEWAY_URLS');
});
