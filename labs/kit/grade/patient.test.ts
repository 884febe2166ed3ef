import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Check } from './check.ts';
import { Inconclusive, NotAsExpected } from './errors.ts';
import { patient } from './patient.ts';
import type { Tools } from './tools.ts';

const late = (): NotAsExpected =>
  new NotAsExpected({ headline: 'The reply', expected: 'in time', observed: 'late' });

/** As a machine does that has stopped: this process hears nothing for longer than a check may fail by. */
async function standStill(): Promise<void> {
  // What watches has to have looked once before, and once after.
  await wait(30);
  const end = performance.now() + 120;
  while (performance.now() < end);
  await wait(30);
}

/** Runs a check whose n-th attempt is `attempts[n]`; tells how often it ran and what was restarted. */
async function runs(attempts: (() => Promise<void>)[], crashes = new Map<string, unknown>()) {
  const restarted: string[] = [];
  let ran = 0;
  const check = {
    services: ['service-a', 'service-b'],
    run: () => attempts[ran++]!(),
  } as unknown as Check;
  const tools = {
    measured: [],
    lab: {
      apps: { crashes },
      journal: { note: () => undefined },
      witness: { runs: { endAll: () => undefined } },
      network: { clearFaults: () => undefined },
      restart: async (service: string) => void restarted.push(service),
    },
  } as unknown as Tools;
  const error = await patient(check)
    .run(tools)
    .then(() => undefined)
    .catch((reason: unknown) => reason);
  return { ran, restarted, error };
}

const fails = async (): Promise<void> => {
  throw late();
};
const failsStandingStill = async (): Promise<void> => {
  await standStill();
  throw late();
};
const passes = async (): Promise<void> => undefined;

test('a failure on a machine that runs is a verdict at once', async () => {
  const { ran, error } = await runs([fails, passes]);
  assert.equal(ran, 1);
  assert.ok(error instanceof NotAsExpected);
});

test('a failure while the machine stood still is doubted: its services start anew, and it runs again', async () => {
  const { ran, restarted, error } = await runs([failsStandingStill, passes]);
  assert.deepEqual([ran, error], [2, undefined]);
  assert.deepEqual(restarted, ['service-a', 'service-b']);
});

test('so is a run that says nothing', async () => {
  const saysNothing = async (): Promise<void> => {
    throw new Inconclusive('too slow');
  };
  const { ran, error } = await runs([saysNothing, fails, passes]);
  assert.equal(ran, 2);
  assert.ok(error instanceof NotAsExpected);
});

test('three attempts are enough', async () => {
  const { ran, error } = await runs(Array.from({ length: 4 }, () => failsStandingStill));
  assert.equal(ran, 3);
  assert.ok(error instanceof NotAsExpected);
});

test('a crash is a verdict however slow the machine is', async () => {
  const { ran } = await runs([failsStandingStill, passes], new Map([['service-a', {}]]));
  assert.equal(ran, 1);
});
