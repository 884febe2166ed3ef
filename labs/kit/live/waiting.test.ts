import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { announced } from '../../03-notify/flow.ts';
import lab from '../../03-notify/lab.ts';
import { legalJournal } from '../flow/testing/journals.ts';
import { allHops } from '../flow/steps.ts';
import type { RunningLab } from '../run/running-lab.ts';
import { Journal } from '../wire/journal.ts';
import { Runs, type Run } from '../wire/runs.ts';
import type { LiveEvent } from './events.ts';
import { Waiting } from './waiting.ts';

const { journal: hops } = legalJournal(announced, [0]);
const delivery = allHops(announced.steps).find(({ id }) => id === 'deliver-warehouse')!;

let journal: Journal;
let run: Run;
let told: LiveEvent[];
let waiting: Waiting;

beforeEach(() => {
  journal = new Journal();
  run = new Runs().begin({ action: 'place-order-events', id: 'o-1', startAt: 0 });
  told = [];
  // No more of a running lab is asked for. No time is left for what has not come.
  const running = { lab, journal, factor: 0.01 } as RunningLab;
  waiting = new Waiting(running, (event) => told.push(event));
});

const cross = (count: number): void => void run.hops.push(...hops.slice(run.hops.length, count));
const over = (more = false) =>
  waiting.over({ at: hops.at(-1)!.at - 5, what: '“slow” was over', more });
const fates = (): unknown[] => told.map((event) => ('fate' in event ? event.fate : event.is));

test('a run that waits is told with its hop and why, and as late once it is complete', async () => {
  cross(4);
  waiting.add(run, announced, { hop: delivery, why: 'The warehouse is down' });
  cross(hops.length);
  await over();
  const texts = told.map((event) => ('text' in event ? event.text : ''));
  assert.deepEqual(texts, [
    'hop 7 has not come: The warehouse is down',
    'Place an order (events) o-1 was complete 5 ms after “slow” was over',
  ]);
  assert.deepEqual(fates(), ['waits', 'late']);
});

test('what does not come is lost, and who held it is named', async () => {
  cross(hops.length - 1);
  waiting.add(run, announced, { hop: delivery, why: 'away' });
  await over();
  assert.deepEqual(fates(), ['waits', 'lost']);
});

test('what got lost between two buses is told as that, and by a trouble as that', async () => {
  waiting = new Waiting(
    { lab: { ...lab, standby: true }, journal, factor: 0.01 } as RunningLab,
    (event) => told.push(event),
  );
  const lost = async (): Promise<string> => {
    waiting.add(run, announced, { hop: delivery, why: 'Events to analytics get lost' });
    await over();
    const last = told.at(-1)!;
    return 'text' in last ? last.text : '';
  };
  cross(hops.findIndex(({ kind }) => kind === 'deliver'));
  assert.match(await lost(), /it got lost on its way: Events to analytics get lost\.$/);
  journal.note('event-bus', 'killed');
  assert.match(await lost(), /what one of the two buses holds/);
});

test('while something else is wrong it goes on waiting, and is told when that is over', async () => {
  cross(4);
  waiting.add(run, announced, { hop: delivery, why: 'two troubles' });
  await over(true);
  assert.deepEqual(fates(), ['waits']);
  cross(hops.length);
  await over();
  await over();
  assert.deepEqual(fates(), ['waits', 'late'], 'told once');
});

test('a run that left its flow is neither late nor lost', async () => {
  cross(4);
  waiting.add(run, announced, { hop: delivery, why: 'away' });
  run.hops.push({ ...hops[0]!, kind: 'delete', at: 99 });
  await over();
  assert.deepEqual(fates(), ['waits', 'said']);
});
