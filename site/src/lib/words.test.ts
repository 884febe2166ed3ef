import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import architecture from '../../../labs/01-nine-hops/flow.ts';
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

describe('styleByNumber', () => {
  it('knows the style of every numbered hop', () => {
    const styles = styleByNumber(architecture);
    assert.equal(styles.size, 9);
    assert.equal(styles.get(6), 'request-response');
    assert.equal(styles.get(7), 'event-driven');
  });
});
