import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Architecture, SeenHop } from '../flow/types.ts';
import { Runs } from '../wire/runs.ts';
import type { Order } from './count.ts';
import type { StormResult } from './run-storm.ts';
import { stormFinding, stormLine, stormTable } from './words.ts';

const component = (id: string, name: string) => ({ id, name, type: 'service', role: '' }) as const;
const architecture = {
  id: 'made',
  title: 'Made',
  components: [
    component('orders', 'Orders'),
    component('bus', 'Bus'),
    component('warehouse', 'Warehouse'),
    component('mailer', 'Mailer'),
  ],
  flows: [],
} as unknown as Architecture;
const storm = {
  effect: { done: 'reserved', database: 'd', sql: '' },
  publisher: 'orders',
  worker: 'warehouse',
};

function order(n: number, ...hops: Partial<SeenHop>[]): Order {
  const run = new Runs().begin({ action: 'a', id: `o-${n}`, startAt: 0 });
  run.hops.push(...hops.map((hop) => ({ at: 0, via: 'mqtt', ...hop }) as SeenHop));
  return { n, run, accepted: true, reply: 'reply 202' };
}

const well: StormResult = {
  plan: { orders: 1_200, kills: [{ ready: 1, dead: 2, back: 3 }] },
  placed: 1_200,
  killedAt: [50, 150],
  accepted: 1_200,
  refused: [],
  lost: [],
  twice: [],
  messages: 1_234,
  seconds: 6.25,
};
const said = (result: Partial<StormResult>) =>
  stormFinding({ ...well, ...result }, storm, architecture);

describe('what is said of a storm', () => {
  test('that left nothing lost and nothing twice: nothing', () => {
    assert.equal(said({}), undefined);
  });

  test('that did not come to its end: how often the publisher spoke', () => {
    const { headline, observed, divergence } = said({
      excess: 'messages',
      messages: 4_801,
      placed: 700,
      accepted: 690,
    })!;
    assert.equal(
      headline,
      '1,200 orders, and the bus is killed once meanwhile: it did not come to its end',
    );
    assert.equal(
      observed,
      '4,801 messages for 700 orders, 690 of them accepted, when it was ended after 6 s',
    );
    assert.match(divergence!, /although it is under way/);
  });

  test('that lost an order: the last that its own services saw of it, and the kill after that', () => {
    const lost = order(
      214,
      { at: 100, kind: 'puback', from: 'bus', to: 'orders' },
      { at: 120, kind: 'puback', from: 'mailer', to: 'bus' },
    );
    assert.deepEqual(said({ lost: [lost, order(215)], twice: [order(1)] }), {
      headline: '1,200 orders, and the bus is killed once meanwhile',
      expected: '1,200 accepted, 0 lost, 0 reserved twice',
      observed: '1,200 accepted, 2 lost, 1 reserved twice',
      divergence:
        'order 214, o-214, is lost, last seen: Bus → Orders, PUBACK; 50 ms later the bus was killed',
    });
  });

  test('that lost an order after the last kill: no kill', () => {
    const lost = order(2, { at: 200, kind: '202', via: 'http', from: 'orders', to: 'user' });
    assert.match(said({ lost: [lost] })!.divergence!, /last seen: Orders → user, reply 202$/);
    assert.equal(said({ lost: [order(3)] })!.divergence, 'order 3, o-3, is lost');
  });

  test('that did an order twice', () => {
    assert.equal(
      said({ twice: [order(7)] })!.divergence,
      'order 7, o-7, is reserved more than once',
    );
  });

  test('that ended early, since too much was refused', () => {
    const refused = { ...order(3), accepted: false, reply: 'reply 503' };
    const { observed, divergence } = said({ placed: 22, accepted: 2, refused: [refused] })!;
    assert.equal(observed, '2 accepted, 0 lost, 0 reserved twice (of 22 placed)');
    assert.equal(divergence, 'order 3, o-3, was not accepted: reply 503');
  });

  test('in a line, and in a table of one row', () => {
    assert.equal(
      stormLine(well, { broker: 'aedes', seed: 'abc' }),
      'aedes      seed abc       1,200 accepted  0 lost  0 twice  6.3 s',
    );
    assert.match(
      stormLine({ ...well, excess: 'messages' }, { broker: 'aedes', seed: 'abc' }),
      /accepted {2}ended at 1,234 messages {2}0 twice/,
    );
    const ended = stormTable({ ...well, excess: 'messages' }, 'aedes');
    assert.equal(ended.rows[0]!.values[1], 'unknown');
    const { columns, rows } = stormTable(well, 'aedes');
    assert.equal(rows[0]!.values.length, columns.length);
    assert.deepEqual(rows, [{ name: 'aedes', values: [1_200, 0, 0, 1_234, '6.3'] }]);
  });
});
