import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatCounts, formatSkip, parseCounts, parseSkips, sumCounts } from './counts.ts';

const counts = fc.record(
  { passed: fc.nat(), failed: fc.nat(), skipped: fc.nat() },
  { noNullPrototype: true },
);

test('what is printed is read again, as the last line of that form', () => {
  fc.assert(
    fc.property(counts, counts, (first, last) => {
      const output = `${formatCounts(first)}\nnoise\n${formatCounts(last)}\n`;
      assert.deepEqual(parseCounts(output), last);
    }),
  );
});

test('a line with anything else in it is no count', () => {
  assert.equal(parseCounts('so far 3 passed, 0 failed, 0 skipped'), undefined);
  assert.equal(parseCounts('3 passed, 0 failed'), undefined);
});

test('counts add up', () => {
  const some = { passed: 1, failed: 2, skipped: 3 };
  assert.deepEqual(sumCounts([some, some]), { passed: 2, failed: 4, skipped: 6 });
});

test('a skip keeps its name and reason', () => {
  const output = `x\n${formatSkip('bus on Mosquitto', 'not installed')}\n${formatSkip('y', '')}\n`;
  assert.deepEqual(parseSkips(output), ['bus on Mosquitto (not installed)', 'y']);
});
