import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatTable, medianSeconds } from './row.ts';

test('a median comes with its range and number', () => {
  assert.equal(medianSeconds([3, 1, 2]), '2.00 s (1.00–3.00, n = 3)');
  assert.equal(medianSeconds([28.04]), '28.0 s');
});

test('a table has columns', () => {
  const rows = [
    { name: 'a', value: '10 s' },
    { name: 'long', value: '1 s', aim: 'under 2 s' },
  ];
  assert.equal(formatTable(rows), '  a     10 s\n  long   1 s  aim: under 2 s');
});
