import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadLab } from '../grade/load.ts';
import { legalJournal } from '../flow/testing/journals.ts';
import { Network } from '../run/network.ts';
import type { RunningLab } from '../run/running-lab.ts';
import { Journal } from '../wire/journal.ts';
import { Runs } from '../wire/runs.ts';
import type { LiveEvent } from './events.ts';
import { Session } from './session.ts';

/** A session over a lab that does not run: what it restarts is noted. */
async function sessionOf(slug: string) {
  const graded = await loadLab(slug);
  const restarted: string[] = [];
  const told: LiveEvent[] = [];
  const journal = new Journal();
  const runs = new Runs();
  const flow = graded.flows.find(({ id }) => id === graded.lab.actions[0]!.flow)!;
  const running = {
    lab: { ...graded.lab, standby: true },
    journal,
    network: new Network(graded.lab),
    witness: { runs },
    broker: { name: 'aedes', ours: true },
    breakBus: async () => {},
    failOver: async () => {},
    // No time is left for what has not come.
    factor: 0.01,
    action: () => graded.lab.actions[0],
    random: (prefix: string) => `${prefix}-1`,
    // The reply comes, and nothing after it.
    act: async (action: string, { id }: { id: string }) => {
      const run = runs.begin({ action, id, startAt: journal.now() });
      run.hops.push(...legalJournal(flow, [0], run.startAt).journal.slice(0, 3));
      return { run, reply: { status: 201, body: {} } };
    },
    restart: async (component: string) => restarted.push(component) > 0,
  } as unknown as RunningLab;
  return {
    session: new Session(graded, running, (event) => told.push(event)),
    restarted,
    told,
    journal,
  };
}

test('a saved service starts again, and nothing else', async () => {
  const { session, restarted } = await sessionOf('01-nine-hops');
  await session.saved(['service-a']);
  assert.deepEqual(restarted, ['service-a']);
});

test('whose database is emptied with it starts again too', async () => {
  const { session, restarted } = await sessionOf('02-polling');
  await session.saved(['order-service']);
  assert.deepEqual(restarted, ['order-service', 'warehouse']);
});

test('what waits for a trouble is told when a check ends it, before anything is checked', async () => {
  const { session, told } = await sessionOf('02-polling');
  const checking = { all: true, signal: new AbortController().signal, between: async () => {} };
  await session.trouble('polls-lost');
  await session.act('place-order');
  await session.check([], checking);
  const fates = told.map((event) => ('fate' in event ? event.fate : event.is));
  assert.deepEqual(
    fates.filter((what) => ['trouble', 'waits', 'lost', 'checking'].includes(what)),
    ['trouble', 'waits', 'trouble', 'lost', 'checking'],
  );
});

test('nothing is graded while the bus is down or the standby serves', async () => {
  const { session, told } = await sessionOf('01-nine-hops');
  const checking = { all: true, signal: new AbortController().signal, between: async () => {} };
  await session.breakBus();
  await session.check([], checking);
  await session.failOver();
  await session.check([], checking);
  assert.deepEqual(
    told.flatMap((event) => (event.is === 'bus' ? [] : 'text' in event ? event.text : event.is)),
    [
      'The bus is down. Mend the bus first, then grade.',
      'The standby serves. Mend the bus first, then grade.',
    ],
  );
});

test('a trouble that bites at each poll is told as background, any other not', async () => {
  const { journal, told } = await sessionOf('02-polling');
  journal.note('warehouse', 'fault', 'warehouse → order-service: reset');
  journal.note('user', 'fault', 'user → order-service: latency');
  assert.deepEqual(
    told.map((event) => 'by' in event && event.by),
    ['background', 'hand'],
  );
});
