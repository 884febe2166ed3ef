import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadLab } from '../grade/load.ts';
import type { RunningLab } from '../run/running-lab.ts';
import { Journal } from '../wire/journal.ts';
import type { LiveEvent } from './events.ts';
import { Session } from './session.ts';

/** A session over a lab that does not run: what it restarts is noted. */
async function sessionOf(slug: string) {
  const graded = await loadLab(slug);
  const restarted: string[] = [];
  const told: LiveEvent[] = [];
  const journal = new Journal();
  const running = {
    lab: graded.lab,
    journal,
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

test('a trouble that bites at each poll is told as background, any other not', async () => {
  const { journal, told } = await sessionOf('02-polling');
  journal.note('warehouse', 'fault', 'warehouse → order-service: reset');
  journal.note('user', 'fault', 'user → order-service: latency');
  assert.deepEqual(
    told.map((event) => 'by' in event && event.by),
    ['background', 'hand'],
  );
});
