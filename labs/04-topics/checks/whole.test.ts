import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotAsExpected } from '../../kit/grade/errors.ts';
import { Runs } from '../../kit/wire/runs.ts';
import { publishedOnce } from './whole.ts';

const runs = new Runs();
const members = ['warehouse', 'fraud-detection'] as const;

/** An order for which the order service published so many messages, while two listened. */
function order(id: string, messages: number) {
  const run = runs.begin({ action: 'place-order', id, startAt: 0 });
  for (let at = 0; at < messages; at += 1)
    run.hops.push({ at, via: 'mqtt', kind: 'publish', from: 'order-service', to: 'event-bus' });
  return { run, members };
}

test('one message an order is right, however many listen', () => {
  publishedOnce([order('o-1', 1), order('o-2', 1)]);
});

for (const messages of [0, 2])
  test(`${messages} messages for one order are told, whatever the others had`, () => {
    assert.throws(
      () => publishedOnce([order('o-3', 1), order('o-4', messages)]),
      (error) => {
        assert.ok(error instanceof NotAsExpected, String(error));
        assert.equal(error.finding.observed, `${messages} messages`);
        return true;
      },
    );
  });
