import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runTwoAtATime } from './schedule.ts';

/** Tasks that note how many run beside them. */
function tasks(alone: boolean[]) {
  const seen: number[] = [];
  let running = 0;
  const list = alone.map((isAlone, index) => ({
    alone: isAlone,
    run: async (): Promise<number> => {
      running += 1;
      await new Promise(setImmediate);
      seen[index] = running;
      await new Promise(setImmediate);
      running -= 1;
      return index;
    },
  }));
  return { list, seen };
}

test('two run at a time, and results keep their order', async () => {
  const { list, seen } = tasks([false, false, false, false, false]);
  assert.deepEqual(await runTwoAtATime(list), [0, 1, 2, 3, 4]);
  assert.equal(Math.max(...seen), 2);
});

test('one that wants to be alone is alone', async () => {
  const { list, seen } = tasks([false, false, true, true, false, false]);
  await runTwoAtATime(list);
  assert.equal(seen[2], 1);
  assert.equal(seen[3], 1);
});

test('an error passes through', async () => {
  const failing = { alone: false, run: () => Promise.reject(new Error('broken')) };
  await assert.rejects(runTwoAtATime([failing]), /broken/);
});
