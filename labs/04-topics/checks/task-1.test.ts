import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotAsExpected } from '../../kit/grade/errors.ts';
import { carries } from './task-1.ts';

const order = { id: 'o-1', productId: 'p-1', quantity: 3 };

test('data that carries the order may hold more', () => {
  carries({ orderId: 'o-1', productId: 'p-1', quantity: 3, colour: 'red' }, order);
});

for (const { what, data, expected, observed } of [
  {
    what: 'a field that is missing',
    data: { id: 'o-1', productId: 'p-1', quantity: 3 },
    expected: 'data.orderId: "o-1"',
    observed: 'data.orderId: missing; data: {"id":"o-1","productId":"p-1","quantity":3}',
  },
  {
    what: 'a number that became a text',
    data: { orderId: 'o-1', productId: 'p-1', quantity: '3' },
    expected: 'data.quantity: 3',
    observed: 'data.quantity: "3"; data: {"orderId":"o-1","productId":"p-1","quantity":"3"}',
  },
  {
    what: 'no data',
    data: undefined,
    expected: 'data.orderId: "o-1"',
    observed: 'data.orderId: missing; data: missing',
  },
  {
    what: 'much data',
    data: 'x'.repeat(500),
    expected: 'data.orderId: "o-1"',
    observed: `data.orderId: missing; data: "${'x'.repeat(119)}…`,
  },
])
  test(`${what} is named, with the data that was seen`, () => {
    assert.throws(
      () => carries(data, order),
      (error) => {
        assert.ok(error instanceof NotAsExpected, String(error));
        const headline = 'The event’s data does not carry the order';
        assert.deepEqual(error.finding, { headline, expected, observed });
        return true;
      },
    );
  });
