/** What the lab provides keeps its promises: the relay that pushes, and loyalty, which comes and goes. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { startLab, type RunningLab } from '../kit/run/running-lab.ts';
import { solutionSource } from '../kit/run/sources.ts';
import type { HopLine, Line } from '../kit/wire/journal.ts';
import type { Run } from '../kit/wire/runs.ts';
import lab from './lab.ts';

describe('the provided parts of lab 04', () => {
  let running: RunningLab;
  before(async () => {
    running = await startLab(lab, { source: solutionSource(lab), seed: 'provided' });
  });
  afterEach(() => running.network.clearFaults());
  after(() => running.stop());

  const seen = async (run: Run, matches: (hop: HopLine) => boolean): Promise<HopLine> => {
    const is = (line: Line): boolean =>
      line.type === 'hop' && line.run === run.key && matches(line);
    const line = await running.journal.waitFor<HopLine>(is, { timeout: 5_000 * running.factor });
    assert.ok(line, 'the hop came');
    return line;
  };
  const place = async (): Promise<{ id: string; run: Run }> => {
    const id = running.random('o');
    const { run, reply } = await running.act('place-order', { id });
    assert.equal(reply?.status, 202);
    return { id, run };
  };
  const tell = async (action: string): Promise<void> => {
    const { reply } = await running.act(action, { id: running.random('m') });
    assert.equal(reply?.status, 204);
  };
  const points = (id: string): number =>
    running.rows('loyalty-database', 'SELECT count(*) FROM points WHERE order_id = ?', id);

  test('the relay pushes again after a 503, and stops after a 204', async () => {
    const [tap] = running.network.edge('push-relay', 'fraud-detection');
    const busy = tap!.faults.inject({ kind: 'status', status: 503 }, { first: 2 });
    const { run } = await place();
    await seen(run, ({ kind, from }) => kind === '204' && from === 'fraud-detection');
    assert.equal(busy.hits, 2);
    // An order later, nothing more of the first has come.
    const next = await place();
    await seen(next.run, ({ kind, from }) => kind === '204' && from === 'fraud-detection');
    const taken = run.hops.filter(({ kind, from }) => kind === '204' && from === 'fraud-detection');
    assert.equal(taken.length, 1);
  });

  test('the relay tells the bus that it has the event, whatever the endpoint says', async () => {
    const [tap] = running.network.edge('push-relay', 'fraud-detection');
    tap!.faults.inject({ kind: 'status', status: 503 }, { first: 1 });
    const { run } = await place();
    await seen(run, ({ kind, from }) => kind === 'puback' && from === 'push-relay');
  });

  test('loyalty hears nothing until it joins, then all, then nothing again', async () => {
    const first = await place();
    await seen(first.run, ({ kind, from }) => kind === 'puback' && from === 'warehouse');
    await tell('loyalty-joins');
    assert.ok(running.listening().has('loyalty'));
    const during = await place();
    await seen(during.run, ({ kind, from }) => kind === 'puback' && from === 'loyalty');
    await tell('loyalty-leaves');
    assert.ok(!running.listening().has('loyalty'));
    const afterwards = await place();
    await seen(afterwards.run, ({ kind, from }) => kind === 'puback' && from === 'warehouse');
    await tell('loyalty-joins');
    const last = await place();
    await seen(last.run, ({ kind, from }) => kind === 'puback' && from === 'loyalty');
    assert.deepEqual(
      [first, during, afterwards, last].map(({ id }) => points(id)),
      [0, 1, 0, 1],
    );
    await tell('loyalty-leaves');
  });
});
