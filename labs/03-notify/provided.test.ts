/** What the lab provides keeps its promises: whom the order service calls, and the event style. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startLab, type RunningLab } from '../kit/run/running-lab.ts';
import { solutionSource } from '../kit/run/sources.ts';
import type { HopLine } from '../kit/wire/journal.ts';
import { four } from './cast.ts';
import lab, { tables } from './lab.ts';

type Name = keyof typeof tables;

describe('the provided parts of lab 03', () => {
  let running: RunningLab;
  before(async () => {
    running = await startLab(lab, { source: solutionSource(lab), seed: 'provided' });
  });
  after(() => running.stop());

  /** Calls a dependent as the order service would, past it. */
  async function call(
    name: Name,
    path: string,
    { id, key, method = 'POST' }: { id: string; key?: string; method?: string },
  ): Promise<{ status: number; type: string; body: unknown }> {
    const [tap] = running.network.edge('order-service', name);
    const reply = await fetch(`http://127.0.0.1:${tap!.upstream}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      body: JSON.stringify({ id, productId: 'p-lamp', quantity: 2 }),
      signal: AbortSignal.timeout(10_000),
    });
    const type = reply.headers.get('content-type') ?? '';
    return { status: reply.status, type, body: await reply.json() };
  }

  const rows = (name: Name, id: string): number => {
    const { database } = four.find((dependent) => dependent.id === name)!;
    return running.rows(database, `SELECT count(*) FROM ${tables[name]} WHERE order_id = ?`, id);
  };

  for (const [name, path] of [
    ['warehouse', '/reservations'],
    ['loyalty', '/points'],
  ] as const) {
    test(`${name}: the same key gets the first answer, and the work is done once`, async () => {
      const [id, key] = [running.random('o'), running.random('k')];
      const [first, again] = [
        await call(name, path, { id, key }),
        await call(name, path, { id, key }),
      ];
      assert.equal(first.status, 201);
      assert.deepEqual(again, first);
      assert.equal(rows(name, id), 1);
    });

    test(`${name}: without a key each request does the work`, async () => {
      const id = running.random('o');
      for (let i = 0; i < 2; i += 1) assert.equal((await call(name, path, { id })).status, 201);
      assert.equal(rows(name, id), 2);
    });

    test(`${name}: a key that was used for another order is refused: 422, problem+json`, async () => {
      const [one, other, key] = [running.random('o'), running.random('o'), running.random('k')];
      await call(name, path, { id: one, key });
      const reply = await call(name, path, { id: other, key });
      assert.equal(reply.status, 422);
      assert.match(reply.type, /application\/problem\+json/);
      assert.equal(rows(name, other), 0);
    });
  }

  test('fraud detection: PUT again is the same check', async () => {
    const id = running.random('o');
    const put = () => call('fraud-detection', `/checks/${id}`, { id, method: 'PUT' });
    const [first, again] = [await put(), await put()];
    assert.equal(first.status, 200);
    assert.deepEqual(again, first);
    assert.equal(rows('fraud-detection', id), 1);
  });

  test('analytics: each request counts, with a key or without', async () => {
    const [id, key] = [running.random('o'), running.random('k')];
    for (let i = 0; i < 2; i += 1)
      assert.equal((await call('analytics', '/counts', { id, key })).status, 201);
    assert.equal(rows('analytics', id), 2);
  });

  test('an order in the event style: 202, one event, and all four have stored it once', async () => {
    const id = running.random('o');
    const { run, reply } = await running.act('place-order-events', { id });
    assert.equal(reply?.status, 202);
    for (const { id: name } of four) {
      const acknowledged = (hop: HopLine): boolean => hop.kind === 'puback' && hop.from === name;
      const timeout = 3_000 * running.factor;
      const matches = (line: { type: string }): boolean => {
        const hop = line as HopLine;
        return hop.type === 'hop' && hop.run === run.key && acknowledged(hop);
      };
      assert.ok(await running.journal.waitFor(matches, { timeout }), `${name} acknowledges`);
      assert.equal(rows(name, id), 1);
    }
    assert.equal(run.hops.filter(({ kind }) => kind === 'publish').length, 1);
  });

  test('an event that is delivered twice is stored once by everyone', async () => {
    const id = running.random('o');
    for (const { id: name } of four) {
      const fault = { kind: 'repeat' } as const;
      const rule = { direction: 'down', kind: 'deliver', text: id, first: 1, fault } as const;
      running.network.bus(name).rules.inject(rule);
    }
    const since = running.journal.lines.length;
    await running.act('place-order-events', { id });
    // The second PUBACK of one packet tells no run: it is counted by its sender.
    const acknowledged = (name: Name): number =>
      running.journal.lines
        .slice(since)
        .filter((line) => line.type === 'hop' && line.kind === 'puback' && line.from === name)
        .length;
    const twice = (): boolean => four.every(({ id: name }) => acknowledged(name) === 2);
    assert.ok(await running.journal.waitFor(twice, { timeout: 3_000 * running.factor, since }));
    for (const { id: name } of four) assert.equal(rows(name, id), 1, name);
    running.network.clearFaults();
  });

  test('a request sent by hand belongs to the order service that it was sent to', async () => {
    const own = await startLab(lab, { source: solutionSource(lab), strangers: true });
    try {
      for (const action of ['place-order', 'place-order-events']) {
        const since = own.journal.lines.length;
        await fetch(`${own.urlOf(own.action(action))}/orders`, {
          method: 'POST',
          body: JSON.stringify({ id: own.random('o'), productId: 'p-lamp', quantity: 1 }),
          signal: AbortSignal.timeout(10_000),
        });
        const begun = own.journal.lines.slice(since).find((line) => line.type === 'mark');
        assert.equal(begun?.['action'], action);
      }
    } finally {
      await own.stop();
    }
  });
});
