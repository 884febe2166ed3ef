import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import architecture from '../../../labs/01-nine-hops/flow.ts';
import { countedFlows, numbersAt } from './words.ts';

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

describe('numbersAt', () => {
  const numbers = Object.fromEntries(
    architecture.components.map((component) => [
      component.id,
      numbersAt(architecture, component).map(({ n }) => n),
    ]),
  );

  it('counts the legs that a component only passes on', () => {
    assert.deepEqual(numbers['api-gateway'], [2, 3, 6]);
    assert.deepEqual(numbers['load-balancer'], [1, 2, 6]);
  });

  it('knows components that no number leads to', () => {
    assert.deepEqual(numbers['database-a'], []);
    assert.deepEqual(numbers['cache-b'], []);
  });

  it('covers every numbered hop', () => {
    assert.deepEqual(
      [...new Set(Object.values(numbers).flat())].toSorted(),
      [1, 2, 3, 4, 5, 6, 7, 8, 9],
    );
  });
});
