/** What the lab provides keeps its promises: subscribers that move to the standby, and can be repaired. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { startLab, type RunningLab } from '../kit/run/running-lab.ts';
import { solutionSource } from '../kit/run/sources.ts';
import type { HopLine, Line } from '../kit/wire/journal.ts';
import type { Run } from '../kit/wire/runs.ts';
import { compared, type Consumer } from './cast.ts';
import lab from './lab.ts';

describe('the provided parts of lab 05', () => {
  let running: RunningLab;
  before(async () => {
    running = await startLab(lab, { source: solutionSource(lab), seed: 'provided' });
  });
  afterEach(() => running.calm());
  after(() => running.stop());

  const acknowledged = async (run: Run, { id }: Consumer): Promise<HopLine> => {
    const is = (line: Line): boolean =>
      line.type === 'hop' && line.run === run.key && line.kind === 'puback' && line.from === id;
    const line = await running.journal.waitFor<HopLine>(is, { timeout: 8_000 * running.factor });
    assert.ok(line, `the PUBACK of ${id} came`);
    return line;
  };
  const place = async (): Promise<{ id: string; run: Run }> => {
    const id = running.random('o');
    const { run, reply } = await running.act('place-order', { id });
    assert.equal(reply?.status, 202);
    return { id, run };
  };
  const count = ({ database, table }: Consumer, id: string): number =>
    running.rows(database, `SELECT count(*) FROM ${table} WHERE order_id = ?`, id);
  const ask = async (
    { id }: Consumer,
    method: string,
    path: string,
    body?: object,
  ): Promise<Response> => {
    const [tap] = running.network.edge('reconciler', id);
    return fetch(`${tap!.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', connection: 'close' },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(3_000),
    });
  };

  for (const consumer of compared) {
    test(`${consumer.id} stores an order before it acknowledges it, once for two deliveries`, async () => {
      running.network
        .bus(consumer.id)
        .rules.inject({ direction: 'down', kind: 'deliver', first: 1, fault: { kind: 'repeat' } });
      const { id, run } = await place();
      await acknowledged(run, consumer);
      assert.equal(count(consumer, id), 1);
      const next = await place();
      await acknowledged(next.run, consumer);
      assert.equal(count(consumer, id), 1);
    });

    test(`${consumer.id} tells what it has; PUT and DELETE say what is to be`, async () => {
      const id = running.random('o');
      const order = { productId: 'p-lamp', quantity: 2 };
      for (let i = 0; i < 2; i += 1)
        assert.equal((await ask(consumer, 'PUT', `/orders/${id}`, order)).status, 204);
      assert.equal(count(consumer, id), 1);
      assert.ok(((await (await ask(consumer, 'GET', '/orders')).json()) as string[]).includes(id));
      for (let i = 0; i < 2; i += 1)
        assert.equal((await ask(consumer, 'DELETE', `/orders/${id}`)).status, 204);
      assert.equal(count(consumer, id), 0);
    });

    test(`${consumer.id} moves to the standby`, async () => {
      const since = running.journal.lines.length;
      await running.failOver();
      await running.ready([consumer.id, 'order-service'], since);
      const { id, run } = await place();
      const { instance } = await acknowledged(run, consumer);
      assert.equal(instance, 2);
      assert.equal(count(consumer, id), 1);
    });
  }
});
