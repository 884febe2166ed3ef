import assert from 'node:assert/strict';
import { test } from 'node:test';
import { legalJournal } from '../flow/testing/journals.ts';
import type { RunningLab } from '../run/running-lab.ts';
import lab from '../../01-nine-hops/lab.ts';
import { order, read } from '../../01-nine-hops/flow.ts';
import { Journal } from '../wire/journal.ts';
import { Runs } from '../wire/runs.ts';
import { BusBreak } from './bus-break.ts';
import type { LiveEvent } from './events.ts';
import { Waiting } from './waiting.ts';

/** The bus of a lab that does not run: what is done to it is remembered. */
function busOf({ ours = true, standby = true } = {}) {
  const done: string[] = [];
  const told: LiveEvent[] = [];
  const does = (what: string) => async () => void done.push(what);
  const running = {
    lab: { ...lab, standby },
    broker: { name: 'aedes', ours },
    journal: new Journal(),
    // No time is left for what has not come.
    factor: 0.01,
    breakBus: does('break'),
    mendBus: does('mend'),
    failOver: does('fail over'),
    calm: async ({ faults }: { faults: boolean }) =>
      void done.push(faults ? 'calm, but for faults' : 'calm'),
  } as unknown as RunningLab;
  const tell = (event: LiveEvent): unknown => told.push(event);
  const bus = new BusBreak(running, new Waiting(running, tell), tell);
  const buses = (): object[] => told.filter(({ is }) => is === 'bus');
  const fates = (): string[] =>
    told.flatMap((event) => (event.is === 'fate' ? `${event.fate}: ${event.text}` : []));
  return { bus, done, told, buses, fates };
}

/** A run of which only the first hops have come. */
function runWith(flow: typeof order, count: number) {
  const run = new Runs().begin({ action: 'act', id: 'o-1', startAt: 0 });
  run.hops.push(...legalJournal(flow, [0], 0).journal.slice(0, count));
  return run;
}
const saved = order.steps.findIndex((step) => 'kind' in step && step.kind === 'write') + 1;

test('the bus dies, the standby serves, the first is back: each is told once', async () => {
  const { bus, done, buses } = busOf();
  assert.equal(bus.why, undefined);
  await bus.break();
  await bus.break();
  assert.equal(bus.why, 'the bus is down');
  await bus.failOver();
  await bus.failOver();
  assert.equal(bus.down, false);
  assert.equal(bus.why, 'the standby serves');
  await bus.mend(false);
  await bus.mend(false);
  assert.equal(bus.why, undefined);
  assert.deepEqual(done, ['break', 'fail over', 'mend', 'calm']);
  assert.deepEqual(buses(), [
    { is: 'bus', up: false },
    { is: 'bus', up: true, standby: true },
    { is: 'bus', up: true },
  ]);
});

test('what else is wrong stays so when the bus is mended', async () => {
  const { bus, done } = busOf();
  await bus.break();
  await bus.mend(true);
  assert.deepEqual(done, ['break', 'mend', 'calm, but for faults']);
});

test('a broker that is not ours is neither killed nor replaced, and that is said', async () => {
  const { bus, done, told } = busOf({ ours: false });
  await bus.break();
  await bus.failOver();
  assert.deepEqual(done, []);
  assert.deepEqual(
    told.map((event) => event.is),
    ['said', 'said'],
  );
});

test('a lab with one bus has no standby to serve', async () => {
  const { bus, done, told } = busOf({ standby: false });
  await bus.break();
  await bus.failOver();
  assert.deepEqual(done, ['break']);
  assert.deepEqual(told.at(-1), { is: 'said', error: true, text: 'This lab has no standby.' });
});

test('what was saved meanwhile waits, through the standby, until the first bus is back', async () => {
  const { bus, fates } = busOf();
  const run = runWith(order, saved);
  assert.equal(bus.placed(run, order), false, 'all is well');
  await bus.break();
  assert.equal(bus.placed(run, order), true);
  await bus.failOver();
  assert.equal(bus.placed(runWith(order, 1), order), false, 'nothing was saved');
  assert.equal(bus.placed(runWith(read, 1), read), false, 'nothing goes over the bus');
  assert.equal(bus.placed(runWith(order, saved), order), true);
  await bus.mend(false);
  const [first, second, ...last] = fates();
  assert.match(first!, /^waits: .*: the bus is down$/);
  assert.match(second!, /^waits: .*: the standby serves$/);
  assert.deepEqual(
    last.map((fate) => fate.slice(0, 5)),
    ['lost:', 'lost:'],
  );
});
