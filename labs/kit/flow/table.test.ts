import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import nineHops, { order, read } from '../../01-nine-hops/flow.ts';
import { judge } from './judge.ts';
import { edges, hopsOf, numberedHops, paths } from './steps.ts';
import { stepTables } from './table.ts';
import { components, randomFlow } from './testing/random-flows.ts';

test('chapter 1 counts nine hops, and hop 6 goes from Service A to the user', () => {
  const all = nineHops.flows.flatMap((flow) => numberedHops(flow.steps));
  assert.deepEqual(
    all.map(({ n, from, to }) => `${n} ${from} > ${to}`),
    [
      '1 user > load-balancer',
      '2 load-balancer > api-gateway',
      '3 api-gateway > service-a',
      '4 service-a > cache-a',
      '5 cache-a > service-a',
      '6 service-a > user',
      '7 service-b > event-bus',
      '8 event-bus > service-c',
      '9 service-c > database-c',
    ],
  );
});

test('hops that answer each other share an edge', () => {
  const all = edges(nineHops);
  assert.equal(all.length, 11);
  assert.deepEqual(all.find(({ id }) => id === 'service-a--cache-a')?.numbers, [4, 5]);
});

test('a table for each way: the cache hit, the cache miss', () => {
  const [hit, miss, ...others] = stepTables(nineHops, read);
  assert.equal(others.length, 0);
  assert.deepEqual(hit?.branches, ['cache hit']);
  assert.deepEqual(miss?.branches, ['cache miss']);
  assert.deepEqual([hit?.rows.length, miss?.rows.length], [8, 11]);
  assert.deepEqual(hit?.rows[3], {
    index: 3,
    hop: 'cache-get',
    n: 4,
    from: 'service-a',
    to: 'cache-a',
    label: 'asks for the product',
    edge: 'service-a--cache-a',
    lit: ['service-a', 'cache-a'],
    expectedNext: ['cache-hit', 'cache-miss'],
  });
});

test('where branches run at once, each may go on', () => {
  const [table] = stepTables(nineHops, order);
  const saved = table?.rows.find(({ hop }) => hop === 'order-saved');
  assert.deepEqual(saved?.expectedNext, ['reply-api-gateway', 'publish']);
});

test('random: every way is a legal journal, and survives JSON', () => {
  const property = fc.property(randomFlow, (flow) => {
    const tables = stepTables({ id: 'r', title: 'R', components, flows: [flow] }, flow);
    assert.equal(tables.length, paths(flow).length);
    assert.deepEqual(JSON.parse(JSON.stringify(tables)), tables);
    const hops = new Map(hopsOf(flow.steps).map((hop) => [hop.id, hop]));
    for (const { rows } of tables) {
      const journal = rows.map((row) => ({ ...hops.get(row.hop)!, at: 0 }));
      assert.equal(judge(flow, journal, { startAt: 0, endAt: flow.quiet }).verdict, 'passed');
      assert.deepEqual(rows.at(-1)?.expectedNext, []);
    }
  });
  fc.assert(property, { numRuns: 200, seed: 20_260 });
});
