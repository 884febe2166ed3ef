import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SeenHop } from '../flow/types.ts';
import { wire } from './testing/wire.ts';
import type { Claim } from './witness.ts';

const claim: Claim = {
  notBefore: 'http.post.user.service',
  when: ['http.202.service.user', 'mqtt.publish.service.bus'],
  service: 'service',
  database: 'database',
  sql: 'SELECT count(*) FROM things WHERE id = ?',
};
const post = { via: 'http', kind: 'post', from: 'user', to: 'service' } as const;
const accepted = { via: 'http', kind: '202', from: 'service', to: 'user' } as const;
const publish = { via: 'mqtt', kind: 'publish', from: 'service', to: 'bus' } as const;

test('a claim is looked up as it crosses, and a true one is journaled once', (t) => {
  const w = wire({ claims: [claim] });
  t.after(w.close);
  w.runs.begin({ action: 'a', id: 'o-1', startAt: 0 });
  w.witness.sees({ ...post, text: 'o-1' });
  w.database.exec("INSERT INTO things VALUES ('o-1')");
  w.witness.sees({ ...publish, text: 'o-1' });
  w.witness.sees({ ...accepted, text: 'o-1' });
  assert.deepEqual(w.hops(), [
    'http.post.user.service',
    'store.write.service.database',
    'mqtt.publish.service.bus',
    'http.202.service.user',
  ]);
});

test('a false claim is journaled as missing, before the message that made it', (t) => {
  const w = wire({ claims: [claim] });
  t.after(w.close);
  w.runs.begin({ action: 'a', id: 'o-1', startAt: 0 });
  w.witness.sees({ ...publish, text: 'o-1' });
  w.database.exec("INSERT INTO things VALUES ('o-1')");
  assert.deepEqual(w.hops(), ['store.missing.service.database', 'mqtt.publish.service.bus']);
});

test('what one of a crowd does is told to who asked, and is not looked up', (t) => {
  const w = wire({ claims: [claim] });
  t.after(w.close);
  const told: SeenHop[] = [];
  const crowd = (hop: SeenHop): unknown => told.push(hop);
  const run = w.runs.begin({ action: 'a', id: 'o-1', startAt: 0, crowd });
  assert.equal(w.witness.sees({ ...publish, text: 'o-1' }), run);
  assert.deepEqual(
    told.map(({ kind }) => kind),
    ['publish'],
  );
  assert.deepEqual(run.hops, told);
  assert.deepEqual(w.hops(), []);
});

test('where one edge carries several topics, only messages on the named one claim it', (t) => {
  const when = ['mqtt.publish.service.bus things/made/v1'];
  const w = wire({ claims: [{ ...claim, when }] });
  t.after(w.close);
  w.runs.begin({ action: 'a', id: 'o-1', startAt: 0 });
  w.witness.sees({ ...publish, text: 'dlq/things/asked/v1 o-1' });
  w.witness.sees({ ...publish, text: 'things/made/v1 o-1' });
  assert.deepEqual(w.hops(), [
    'mqtt.publish.service.bus',
    'store.missing.service.database',
    'mqtt.publish.service.bus',
  ]);
});

test('a row that has to be gone: there until then, gone when it is claimed', (t) => {
  const seen = (inserted: boolean, deleted: boolean): string[] => {
    const w = wire({ claims: [{ ...claim, gone: true }] });
    t.after(w.close);
    if (inserted) w.database.exec("INSERT INTO things VALUES ('o-1')");
    w.runs.begin({ action: 'a', id: 'o-1', startAt: 0 });
    w.witness.sees({ ...post, text: 'o-1' });
    if (deleted) w.database.exec('DELETE FROM things');
    w.witness.sees({ ...accepted, text: 'o-1' });
    w.witness.sees({ ...accepted, text: 'o-1' });
    return w.hops().filter((hop) => hop.startsWith('store'));
  };
  assert.deepEqual(seen(true, true), ['store.delete.service.database']);
  assert.deepEqual(seen(true, false).slice(0, 1), ['store.kept.service.database']);
  assert.deepEqual(seen(false, true).slice(0, 1), ['store.gone.service.database']);
});

test('what stands twice, and what stood before, is told', (t) => {
  const w = wire({ claims: [claim] });
  t.after(w.close);
  w.database.exec("INSERT INTO things VALUES ('o-1'), ('o-1')");
  w.runs.begin({ action: 'a', id: 'o-1', startAt: 0 });
  w.witness.sees({ ...post, text: 'o-1' });
  w.witness.sees({ ...accepted, text: 'o-1' });
  assert.deepEqual(w.hops(), [
    'store.early.service.database',
    'http.post.user.service',
    'store.duplicate.service.database',
    'http.202.service.user',
  ]);
});

test('a value that leaves a service though nothing brought it in was read from its database', (t) => {
  const w = wire({ reads: [{ service: 'service', database: 'database' }] });
  t.after(w.close);
  w.runs.begin({ action: 'a', id: 'p-1', startAt: 0, value: 'lamp-7' });
  w.witness.sees({ via: 'http', kind: 'get', from: 'user', to: 'service', text: 'p-1' });
  w.witness.sees({ via: 'http', kind: '200', from: 'service', to: 'user', text: 'p-1 lamp-7' });
  assert.deepEqual(w.hops(), [
    'http.get.user.service',
    'store.read.service.database',
    'http.200.service.user',
  ]);
});

test('a value that a cache brought in was not read from the database', (t) => {
  const w = wire({ reads: [{ service: 'service', database: 'database' }] });
  t.after(w.close);
  w.runs.begin({ action: 'a', id: 'p-1', startAt: 0, value: 'lamp-7' });
  w.witness.sees({ via: 'http', kind: '200', from: 'cache', to: 'service', text: 'p-1 lamp-7' });
  w.witness.sees({ via: 'http', kind: '200', from: 'service', to: 'user', text: 'p-1 lamp-7' });
  assert.ok(!w.hops().some((hop) => hop.startsWith('store.')));
});

test('concurrent runs are told apart by their ids, whatever their order', (t) => {
  const w = wire();
  t.after(w.close);
  const a = w.runs.begin({ action: 'a', id: 'o-aaa', startAt: 0 });
  const b = w.runs.begin({ action: 'a', id: 'o-bbb', startAt: 0 });
  for (const id of ['o-bbb', 'o-aaa', 'o-aaa', 'o-bbb', 'o-ccc'])
    w.witness.sees({ ...post, text: `{"id":"${id}"}` });
  assert.equal(a.hops.length, 2);
  assert.equal(b.hops.length, 2);
  assert.equal(w.hops().length, 5);
});

test('a run that has ended collects nothing more; a younger one with its id takes over', (t) => {
  const w = wire();
  t.after(w.close);
  const first = w.runs.begin({ action: 'a', id: 'o-1', startAt: 0 });
  const second = w.runs.begin({ action: 'b', id: 'o-1', startAt: 1 });
  w.witness.sees({ ...post, text: 'o-1' });
  w.runs.end(first);
  w.witness.sees({ ...post, text: 'o-1' });
  w.runs.end(second);
  w.witness.sees({ ...post, text: 'o-1' });
  assert.equal(first.hops.length, 0);
  assert.equal(second.hops.length, 2);
});
