import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Limits, mostMessages } from './limits.ts';

describe('a storm goes on', () => {
  test('while no order is announced more often than a right service would', () => {
    const limits = new Limits(10, 0);
    for (let i = 0; i < 10 * mostMessages; i += 1) limits.published();
    assert.equal(limits.excess(1), undefined);
    limits.published();
    assert.equal(limits.excess(1), 'messages');
  });

  test('for 80 seconds', () => {
    const limits = new Limits(10, 1_000);
    assert.equal(limits.excess(81_000), undefined);
    assert.equal(limits.excess(81_001), 'time');
  });
});
