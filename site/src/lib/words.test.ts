import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import architecture from '../../../labs/01-nine-hops/flow.ts';
import type { Flow, Hop, Via } from '../../../labs/kit/flow/types.ts';
import { countedFlows, styleByNumber } from './words.ts';

describe('countedFlows', () => {
  it('tells the two styles apart by what carries them', () => {
    assert.deepEqual(
      countedFlows(architecture).map(({ flow, hops, style }) => [
        flow.id,
        hops.map(({ n }) => n),
        style,
      ]),
      [
        ['read-product', [1, 2, 3, 4, 5, 6], 'request-response'],
        ['place-order', [7, 8, 9], 'event-driven'],
      ],
    );
  });
});

describe('countedFlows of a flow of both styles', () => {
  const hop = (n: number, via: Via, from: string, to: string): Hop => {
    const kind = { http: 'get', mqtt: 'publish', store: 'write' }[via];
    return { id: `hop-${n}`, n, via, kind, from, to, label: 'goes' };
  };
  const flow: Flow = {
    id: 'both',
    title: 'Both',
    steps: [
      hop(1, 'http', 'a', 'b'),
      hop(2, 'store', 'b', 'c'),
      hop(3, 'mqtt', 'b', 'd'),
      hop(4, 'store', 'd', 'e'),
    ],
    deadline: 1,
    quiet: 1,
  };
  it('tells it once for each, and a database’s hop goes with the one before it', () => {
    const counted = countedFlows({ id: 'x', title: 'X', components: [], flows: [flow] });
    assert.deepEqual(
      counted.map(({ hops, style }) => [hops.map(({ n }) => n), style]),
      [
        [[1, 2], 'request-response'],
        [[3, 4], 'event-driven'],
      ],
    );
  });
});

describe('styleByNumber', () => {
  it('knows the style of every numbered hop', () => {
    const styles = styleByNumber(architecture);
    assert.equal(styles.size, 9);
    assert.equal(styles.get(6), 'request-response');
    assert.equal(styles.get(7), 'event-driven');
  });
});
