import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { scenarios } from '../../01-nine-hops/record.ts';
import { loadLab, type Graded } from '../grade/load.ts';
import { runsFolder } from '../run/paths.ts';
import { record } from './record.ts';
import type { Scenario } from './scenario.ts';

let graded: Graded;
before(async () => {
  graded = await loadLab('01-nine-hops');
});
const silent = (): void => undefined;
const hit = scenarios.find(({ id }) => id === 'read-hit')!;

test('each scenario is measured so often, and a run of it is kept to be shown', async () => {
  let count = 0;
  const counting: Scenario = {
    ...hit,
    run: (t) => {
      count += 1;
      return hit.run(t);
    },
  };
  const recorded = await record(graded, [counting], { runs: 3, say: silent });
  assert.equal(count, recorded.runs + recorded.warmUps);
  const { reply, figures, trace } = recorded.scenarios['read-hit']!;
  assert.equal(reply, 200);
  const { min, median, max } = figures['replied']!;
  assert.ok(0 < min && min <= median && median <= max);
  const last = trace.hops.at(-1)!;
  assert.equal(last.to, 'user');
  assert.ok(last.at >= min - 0.1 && last.at <= max + 0.1);
  assert.equal(trace.verdict, undefined);
  assert.match(recorded.versions['hono'] ?? '', /^\d+\./);
  const left = readdirSync(join(runsFolder, graded.lab.slug)).filter((n) =>
    n.startsWith('record-'),
  );
  assert.deepEqual(left, []);
});

test('a scenario may be one of the starter, beside those of the solution', async () => {
  const first: Scenario = { ...hit, id: 'first-try', starter: true };
  const { scenarios: both } = await record(graded, [first, hit], { runs: 1, say: silent });
  assert.deepEqual(Object.keys(both), ['first-try', 'read-hit']);
  const asksCache = ({ to }: { to: string }): boolean => to === 'cache-a';
  assert.ok(both['read-hit']!.trace.hops.some(asksCache));
  assert.ok(!both['first-try']!.trace.hops.some(asksCache));
});

test('the map of the bus is kept where a scenario asks for it', async () => {
  const order = scenarios.find(({ id }) => id === 'order')!;
  const mapped: Scenario = { ...order, id: 'mapped', map: true };
  const { scenarios: both } = await record(graded, [order, mapped], { runs: 1, say: silent });
  assert.equal(both['order']!.map, undefined);
  // The lab's own warm-up, then three runs of each.
  const [channel] = both['mapped']!.map!;
  assert.deepEqual(channel!.subscribers, [{ component: 'service-c', messages: 7, left: false }]);
});

test('a scenario whose user gets now this, now that, is no figure', async () => {
  let n = 200;
  const fickle: Scenario = {
    ...hit,
    run: async (t) => ({ ...(await hit.run(t)), reply: (n += 1) }),
  };
  await assert.rejects(
    record(graded, [fickle], { runs: 2, say: silent }),
    /\[record\] read-hit: got replies 203 and 204, expected the same each time/,
  );
});
