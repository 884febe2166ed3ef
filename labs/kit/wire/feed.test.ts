import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wire } from './testing/wire.ts';
import type { Claim, Feed } from './witness.ts';

const feed: Feed = { client: 'warehouse', server: 'orders' };
const ask = { via: 'http', kind: 'get', from: 'warehouse', to: 'orders', text: '/orders' } as const;
const news = { via: 'http', kind: '200', from: 'orders', to: 'warehouse' } as const;
/** Who asks on has stored what was brought before. */
const stored: Claim = {
  notBefore: 'http.200.orders.warehouse',
  after: 'http.200.orders.warehouse',
  when: ['http.get.warehouse.orders'],
  service: 'warehouse',
  database: 'database',
  sql: 'SELECT count(*) FROM things WHERE id = ?',
};

test('a reply with news of several runs is a hop of each, and crossed once', (t) => {
  const w = wire({ feeds: [feed] });
  t.after(w.close);
  const runs = ['o-1', 'o-2', 'o-3'].map((id) => w.runs.begin({ action: 'a', id, startAt: 0 }));
  w.witness.sees({ ...news, text: '[{"id":"o-1"},{"id":"o-2"}]' });
  assert.deepEqual(
    runs.map((run) => run.hops.length),
    [1, 1, 0],
  );
  const crossed = w.journal.lines.filter((line) => line.type === 'hop' && !line.copy);
  assert.equal(crossed.length, 1);
});

test('news that comes again is seen again, unless the whole list is sent each time', (t) => {
  for (const [firstOnly, times] of [
    [false, 2],
    [true, 1],
  ] as const) {
    const w = wire({ feeds: [{ ...feed, firstOnly }] });
    t.after(w.close);
    const run = w.runs.begin({ action: 'a', id: 'o-1', startAt: 0 });
    for (let i = 0; i < 2; i += 1) w.witness.sees({ ...news, text: 'o-1' });
    assert.equal(run.hops.length, times);
    assert.equal(w.hops().length, 2, 'both crossed');
  }
});

test('who asks on claims what was brought before; a claim that is false is told', (t) => {
  const w = wire({ feeds: [feed], claims: [stored] });
  t.after(w.close);
  w.runs.begin({ action: 'a', id: 'o-1', startAt: 0 });
  w.runs.begin({ action: 'a', id: 'o-2', startAt: 0 });
  w.witness.sees(ask);
  w.witness.sees({ ...news, text: 'o-1 o-2' });
  w.database.exec("INSERT INTO things VALUES ('o-1')");
  w.witness.sees(ask);
  w.witness.sees(ask);
  assert.deepEqual(w.hops().slice(3), [
    'store.write.warehouse.database',
    'store.missing.warehouse.database',
    'http.get.warehouse.orders',
    'http.get.warehouse.orders',
  ]);
});

test('a request on the edge that names a run is that run’s, and so is its reply', (t) => {
  const w = wire({ feeds: [feed] });
  t.after(w.close);
  const run = w.runs.begin({ action: 'a', id: 'o-1', startAt: 0 });
  w.runs.begin({ action: 'a', id: 'o-2', startAt: 0 });
  const asked = w.witness.sees({ ...ask, text: '/orders/o-1' });
  w.witness.sees({ ...news, text: 'o-1, and o-2 too', run: asked });
  assert.equal(run.hops.length, 2);
});

test('a list for whoever compares is news of no run', (t) => {
  const w = wire({ listings: [feed] });
  t.after(w.close);
  const run = w.runs.begin({ action: 'a', id: 'o-1', startAt: 0 });
  w.witness.sees({ ...news, text: '["o-1"]' });
  assert.equal(run.hops.length, 0);
  assert.equal(w.journal.lines.filter((line) => line.type === 'hop').length, 1);
});
