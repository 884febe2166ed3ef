import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import architecture from '../../../labs/01-nine-hops/flow.ts';
import type { Flow, Hop, Via } from '../../../labs/kit/flow/types.ts';
import choose from '../../../labs/06-choose/flow.ts';
import topics from '../../../labs/04-topics/flow.ts';
import { countInWords, countedFlows, listedHops, numbersInWords, styleByNumber } from './words.ts';

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

describe('listedHops', () => {
  it('tells numbered hops in the order of their numbers, whatever their style', () => {
    const listed = listedHops(topics, ['place-order']);
    assert.deepEqual(
      listed.map(({ n, style }) => `${n} ${style.slice(0, 1)}`),
      ['1 r', '2 e', '3 e', '4 e', '5 r', '6 e'],
    );
  });

  it('tells every message where the course counts none', () => {
    const listed = listedHops(choose, ['checkout-calls']);
    assert.equal(listed.length, 6);
    assert.ok(listed.every(({ n, flow }) => n === undefined && flow.id === 'checkout-calls'));
  });
});

describe('numbers in words', () => {
  for (const [numbers, said] of [
    [[7, 8, 9], '7 to 9'],
    [[1, 5], '1 and 5'],
    [[2, 3, 4, 6], '2, 3, 4 and 6'],
    [[8], '8'],
  ] as const)
    it(`says ${said}`, () => assert.equal(numbersInWords(numbers), said));

  it('counts small numbers in words', () => {
    assert.deepEqual([9, 12].map(countInWords), ['nine', '12']);
  });
});
