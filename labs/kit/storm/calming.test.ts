import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Calming, type Look } from './calming.ts';

/** How long it takes until a storm of these looks is over, in milliseconds; undefined if it never is. */
function overAt(lookAt: (at: number) => Omit<Look, 'at'>, factor = 1): number | undefined {
  const calming = new Calming(factor, 700);
  for (let at = 0; at <= 100_000; at += 50) if (calming.isOver({ at, ...lookAt(at) })) return at;
  return undefined;
}

test('it is over when all have their effect, and nobody repeats anything any more', () => {
  const look = (at: number) => ({ open: at < 1_000 ? 5 : 0, hops: Math.min(at, 1_200) });
  assert.equal(overAt(look), 1_900);
  assert.equal(overAt(look, 3), 3_300);
});

test('who goes on for ever once all is done is not waited for', () => {
  assert.equal(
    overAt((at) => ({ open: 0, hops: at })),
    5_000,
  );
});

test('orders are lost when nobody says a word any more', () => {
  assert.equal(
    overAt((at) => ({ open: 3, hops: Math.min(at, 1_000) })),
    5_000,
  );
  assert.equal(
    overAt((at) => ({ open: 3, hops: Math.min(at, 1_000) }), 2),
    9_000,
  );
});

test('orders are lost when much is said, and none gets its effect', () => {
  const look = (at: number) => ({ open: Math.max(3, 10 - at / 1_000), hops: at });
  assert.equal(overAt(look), 27_000);
});

test('however slow it is, it is not over while it moves', () => {
  assert.equal(
    overAt((at) => ({ open: 1_000 - Math.floor(at / 3_000), hops: Math.floor(at / 3_000) })),
    undefined,
  );
});
