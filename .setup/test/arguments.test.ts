import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readArguments } from './arguments.ts';

const known = ['unit', 'lint'];

test('names may stand in one list or in several', () => {
  assert.deepEqual(readArguments(['--only', 'unit,lint'], known).only, ['unit', 'lint']);
  assert.deepEqual(readArguments(['--only=unit', '--only', 'lint'], known).only, ['unit', 'lint']);
  assert.deepEqual(readArguments([], known), {
    only: [],
    verbose: false,
    strict: false,
    starters: false,
  });
});

test('an unknown step is told what there is', () => {
  assert.throws(() => readArguments(['--only', 'unit,tests'], known), {
    message: /no such step: got tests, expected some of unit, lint\. Try: npm test -- --only/,
  });
});

test('an unknown option is told what there is', () => {
  assert.throws(() => readArguments(['--fast'], known), { message: /got --fast, expected --only/ });
});
