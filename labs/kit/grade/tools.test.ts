import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunningLab } from '../run/running-lab.ts';
import { NotAsExpected } from './errors.ts';
import { Tools } from './tools.ts';

const t = new Tools({} as RunningLab);

test('a text is one, and anything else in its place is the learner’s: no mistake of the check', () => {
  t.text('e-1', 'the event’s id');
  for (const [value, observed] of [
    [undefined, 'nothing'],
    [null, 'null'],
    [42, '42'],
    ['', '""'],
    [{ of: 1 }, '{"of":1}'],
  ] as const)
    assert.throws(
      () => t.text(value, 'the event’s id'),
      (error) => {
        assert.ok(error instanceof NotAsExpected, String(error));
        const expected = 'a text that is not empty';
        assert.deepEqual(error.finding, { headline: 'the event’s id', expected, observed });
        return true;
      },
    );
});
