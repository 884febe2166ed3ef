/** What the lab provides keeps its promises: fraud detection, analytics, the feed without a cursor, troubles. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { Tools } from '../kit/grade/tools.ts';
import { startLab, type RunningLab } from '../kit/run/running-lab.ts';
import { starterSource } from '../kit/run/sources.ts';
import { send } from '../kit/run/user.ts';
import type { HopLine } from '../kit/wire/journal.ts';
import { newOrder } from './checks/given.ts';
import { isNewsFor } from './checks/load.ts';
import { gaps, pollsIn } from './checks/polls.ts';
import lab from './lab.ts';

const fraud = 'fraud-detection';
const within = 10_000;

describe('the provided parts of lab 02', () => {
  const starter = starterSource(lab);
  let running: RunningLab;
  let t: Tools;
  before(async () => {
    running = await startLab(lab, { source: starter.source, seed: 'provided' });
    t = new Tools(running);
  });
  afterEach(() => running.network.clearFaults());
  after(async () => {
    await running.stop();
    starter.remove();
  });

  const isStored =
    (service: string) =>
    ({ via, from }: HopLine): boolean =>
      via === 'store' && from === service;
  const counted = (id: string): number =>
    running.rows('analytics-database', 'SELECT count(*) FROM counted WHERE order_id = ?', id);

  test('all orders are there for who asks without a cursor', async () => {
    const order = newOrder(t);
    const { reply } = await t.act('place-order', { ...order });
    assert.equal(reply?.status, 201);
    const { body } = await send(
      running.urlOf(),
      { method: 'GET', path: '/orders' },
      { timeout: within },
    );
    const { orders } = body as { orders: Record<string, unknown>[] };
    assert.partialDeepStrictEqual(orders.at(-1), order);
  });

  test('fraud detection asks for all orders, about ten times a second, and stores each once', async () => {
    const since = running.journal.lines.length;
    const { run } = await t.act('place-order', { ...newOrder(t) });
    const stored = await t.hop(run, isStored(fraud), { what: 'hop 6', within });
    assert.equal(stored.kind, 'write');
    await running.journal.waitFor(
      () => pollsIn(running.journal.lines.slice(since), fraud).length > 4,
      { timeout: within },
    );
    const lines = running.journal.lines.slice(since);
    const paths = lines.flatMap((line) =>
      line.type === 'hop' && line.from === fraud && line.via === 'http' ? line.facts?.['path'] : [],
    );
    assert.deepEqual([...new Set(paths)], ['/orders']);
    assert.ok(Math.min(...gaps(pollsIn(lines, fraud))) > 50);
    const sql = 'SELECT count(*) FROM looked_at WHERE order_id = ?';
    assert.equal(running.rows('fraud-database', sql, run.id), 1);
  });

  test('fraud detection goes on once it can poll again, after errors and after no answer', async () => {
    const [tap] = running.network.edge(fraud, 'order-service');
    for (const fault of [{ kind: 'reset' }, { kind: 'timeout' }] as const) {
      const away = tap!.faults.inject(fault, { first: 1 });
      const { run } = await t.act('place-order', { ...newOrder(t) });
      await t.hop(run, isStored(fraud), { what: 'hop 6', within });
      await running.journal.waitFor(() => away.hits > 0, { timeout: within });
      assert.equal(away.hits, 1);
    }
  });

  test('analytics stores before it acknowledges, and counts an event that comes twice once', async () => {
    const order = newOrder(t);
    const event = { specversion: '1.0', id: '1', source: '/test', data: { orderId: order.id } };
    const { run } = await t.publish('orders/placed/v1', order.id, event);
    const stored = await t.hop(run, isStored('analytics'), { what: 'hop 9', within });
    assert.equal(stored.kind, 'write');
    const since = running.journal.lines.length;
    await t.publishAgain('orders/placed/v1', event);
    const acknowledged = ({ kind, from }: HopLine): boolean =>
      kind === 'puback' && from === 'analytics';
    assert.ok(await t.seen(run, acknowledged, within, since));
    assert.equal(counted(order.id), 1);
  });

  const [lost, cut] = lab.troubles!;

  test(`${lost!.title}: the pollers hear of an order only when it is over`, async () => {
    const since = running.journal.lines.length;
    const end = lost!.apply(running.network);
    // Once one poll of each was lost no other is on its way.
    for (const poller of [fraud, 'warehouse'])
      await t.note(poller, 'fault', { what: `A poll of ${poller}`, within, since });
    const { run } = await t.act('place-order', { ...newOrder(t) });
    await t.hop(run, isStored('analytics'), { what: 'hop 9', within });
    const early = run.hops.filter((hop) => isNewsFor(fraud)(hop as HopLine));
    end();
    await t.hop(run, isStored(fraud), { what: 'hop 6', within });
    await t.hop(run, isStored('warehouse'), { what: 'hop 4', within });
    assert.deepEqual(early, []);
  });

  test(`${cut!.title}: the bus keeps the event for analytics until it is over`, async () => {
    const end = cut!.apply(running.network);
    const { run } = await t.act('place-order', { ...newOrder(t) });
    await t.hop(run, isStored(fraud), { what: 'hop 6', within });
    const early = counted(run.id);
    end();
    await t.hop(run, isStored('analytics'), { what: 'hop 9', within });
    assert.equal(early, 0);
    assert.equal(counted(run.id), 1);
  });
});
