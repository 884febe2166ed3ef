import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figureInWords } from './units.ts';

for (const [value, unit, said] of [
  [6.54, undefined, '6.5 ms'],
  [1_203, undefined, '1.20 s'],
  [0, 'count', '0'],
  [3.25, 'count', '3.3'],
  [1_200, 'count', '1,200'],
  [412, 'bytes', '412 bytes'],
  [1_440, 'bytes', '1.4 kB'],
] as const)
  test(`${value} (${unit ?? 'milliseconds'}) reads ${said}`, () => {
    assert.equal(figureInWords(value, unit), said);
  });
