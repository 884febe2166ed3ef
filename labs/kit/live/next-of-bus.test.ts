import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextOfBus } from './next-of-bus.ts';

test('one bus dies and is mended; of two the second serves in between', () => {
  const [up, down] = [{ up: true }, { up: false }];
  assert.deepEqual(
    [up, down].map((bus) => nextOfBus(bus, false)),
    ['break', 'mend'],
  );
  const standby = { up: true, standby: true } as const;
  assert.deepEqual(
    [up, down, standby].map((bus) => nextOfBus(bus, true)),
    ['break', 'fail-over', 'mend'],
  );
});
