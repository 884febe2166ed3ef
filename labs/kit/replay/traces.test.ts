import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { announcement, delivery, order, read } from '../../01-nine-hops/flow.ts';
import { placeOrder, readHit } from '../flow/testing/nine-hops.ts';
import { rejudge } from '../grade/judge-kept.ts';
import { expect } from '../grade/expect.ts';
import { loadLab, type Graded } from '../grade/load.ts';
import { startLab } from '../run/running-lab.ts';
import { solutionSource } from '../run/sources.ts';
import { tempFolder } from '../run/testing/temp-folder.ts';
import { journalText, lines } from './testing/journal.ts';
import { tracesOf } from './traces.ts';
import type { Trace } from './trace.ts';

let graded: Graded;
before(async () => {
  graded = await loadLab('01-nine-hops');
});

const traces = (...all: readonly object[]): Trace[] =>
  tracesOf(graded, journalText(lines.header(graded), ...all)).traces;

test('a real journal gives its runs in order, with the verdicts that were said', async (t) => {
  const { lab } = graded;
  const folder = tempFolder();
  t.after(folder.remove);
  const journalFile = join(folder.path, 'journal.ndjson');
  const running = await startLab(lab, {
    source: solutionSource(lab),
    journalFile,
    strangers: true,
  });
  t.after(() => running.stop());
  const act = (action: string, id: string) =>
    running.act(action, { id }, { value: 'Reading lamp' });
  const first = await act('read-product', 'p-lamp');
  await expect({ lab: running, run: first.run }).toFollow(read);
  running.witness.runs.end(first.run);
  await fetch(`${running.urlOf()}/products/p-lamp`, {
    headers: { authorization: `Bearer ${lab.token}` },
  });
  await running.kill('service-a');
  await act('read-product', 'p-lamp');
  const placed = await act('place-order', 'o-1');
  await expect({ lab: running, run: placed.run }).toFollow(order);

  const text = readFileSync(journalFile, 'utf8');
  const { header, traces: all } = tracesOf(graded, text);
  assert.equal(header.lab, lab.slug);
  assert.deepEqual(
    all.map((trace) => [trace.title, trace.warmUp ?? false, trace.down ?? []]),
    [
      ['Read a product', true, []],
      ['Place an order', true, []],
      ['Ask for an order’s status', true, []],
      ['Read a product', false, []],
      ['Read a product', false, []],
      ['Read a product', false, ['service-a']],
      ['Place an order', false, ['service-a']],
    ],
  );
  const [, , , told, curl, failed, ordered] = all as Trace[] & { length: 7 };
  assert.deepEqual([told?.run, told?.flow], [first.run.key, 'read-product']);
  assert.equal(told?.verdict?.verdict, 'passed');
  assert.equal(told?.hops[0]?.text, 'GET /products/p-lamp');
  assert.deepEqual([...new Set(told?.hops.map((hop) => hop.n))], [1, 2, 3, 4, 5, undefined, 6]);
  // Somebody's own request: complete, as the hops are there in time.
  assert.equal(curl?.verdict?.verdict, 'passed');
  assert.equal(failed?.verdict?.verdict, 'unexpected');
  assert.equal(failed?.hops[failed.verdict.index]?.text, 'reply 502');
  assert.match(failed?.notes.map((n) => n.text).join() ?? '', /nothing listens there/);
  assert.deepEqual(
    ordered?.hops.flatMap((hop) => hop.n ?? []),
    [7, 8, 9],
  );
  assert.deepEqual(
    all.flatMap((trace) => (trace.run === first.run.key ? [trace.verdict?.headline] : [])),
    rejudge(graded, text).flatMap((v) => (v.run === first.run.key ? [v.headline] : [])),
  );
});

test('a hop is told with its time, its edge, its number and what crossed', () => {
  const [, , , , publish] = lines.hops('r1', order, placeOrder, 100);
  const detail = 'orders/placed/v1, QoS 1';
  const [trace] = traces(lines.run('r1', 'place-order', 100), { ...publish, detail, instance: 2 });
  assert.deepEqual(trace?.hops, [
    {
      at: 8,
      from: 'service-b',
      to: 'event-bus',
      edge: 'service-b--event-bus',
      n: 7,
      via: 'mqtt',
      text: 'PUBLISH, orders/placed/v1, QoS 1, over the standby',
      instance: 2,
    },
  ]);
});

test('a check’s runs carry its name; without a verdict of their own they get none', () => {
  const all = traces(
    lines.run('r1', 'read-product', 0),
    lines.check('fills-the-cache', 10),
    lines.run('r2', 'read-product', 11),
    ...lines.hops('r2', read, readHit, 11),
    lines.verdict('r2', read, 11, 90),
    lines.run('r3', 'read-product', 91),
    ...lines.hops('r3', read, readHit.slice(0, 3), 91),
    lines.result('fills-the-cache', 120),
    lines.run('r4', 'read-product', 130),
  );
  assert.deepEqual(
    all.map(({ run, check, verdict }) => [run, check, verdict?.verdict]),
    [
      ['r1', undefined, 'incomplete'],
      ['r2', 'fills-the-cache', 'passed'],
      ['r3', 'fills-the-cache', undefined],
      ['r4', undefined, 'incomplete'],
    ],
  );
});

test('a missing hop is told, whole', () => {
  const [trace] = traces(
    lines.run('r1', 'place-order', 0),
    ...lines.hops('r1', order, placeOrder.slice(0, 9)),
    lines.verdict('r1', order, 0, 2_000),
  );
  assert.equal(trace?.verdict?.index, 9);
  assert.deepEqual(trace?.verdict?.missing, {
    from: 'event-bus',
    to: 'service-c',
    edge: 'event-bus--service-c',
    n: 8,
    via: 'mqtt',
    text: 'delivers the event',
  });
});

test('where a verdict left hops out, its index still counts all of the run’s', () => {
  const ids = [...placeOrder.slice(0, 5), 'deliver', 'publish'];
  const [trace] = traces(
    lines.run('r1', 'place-order', 0),
    ...lines.hops('r1', order, ids),
    lines.verdict('r1', announcement, 0, 500, ['service-c']),
  );
  assert.equal(
    trace?.verdict?.headline,
    'Hop 7 came once too often: Service B → Event Bus, PUBLISH',
  );
  assert.equal(trace?.hops[trace.verdict.index]?.n, 7);
  assert.equal(trace?.verdict?.index, 6);
  assert.equal(trace?.flow, 'place-order');
});

test('what the grader published is told by the flow that it begins', () => {
  const [trace] = traces(
    lines.run('r1', 'publish', 0),
    ...lines.hops('r1', delivery, ['deliver', 'shipment-stored', 'consumer-puback']),
    lines.note('service-c', 'close', 2_000),
  );
  assert.deepEqual([trace?.title, trace?.flow], ['Deliver an event', 'deliver-event']);
  assert.equal(trace?.verdict?.verdict, 'passed');
});

test('notes belong to the run before them, until the next run or check', () => {
  const [first, second] = traces(
    lines.note('event-bus', 'killed', 5, 'aedes'),
    lines.run('r1', 'read-product', 10),
    lines.note('event-bus', 'started', 30, 'aedes'),
    lines.run('r2', 'read-product', 40),
    lines.note('service-a', 'crashed', 44, 'TypeError: no'),
    lines.check('fills-the-cache', 50),
    lines.note('service-a', 'started', 51),
  );
  assert.deepEqual(first?.notes, [
    { at: 20, component: 'event-bus', text: 'started (aedes)', what: 'started' },
  ]);
  assert.deepEqual(first?.down, ['event-bus']);
  assert.deepEqual(
    second?.notes.map((n) => n.text),
    ['crashed (TypeError: no)'],
  );
  assert.equal(second?.down, undefined);
});

test('of two buses the standby is named, and the bus is back when it serves', () => {
  const over = (instance: number, line: object): object => ({ ...line, instance });
  const [first, second] = traces(
    lines.run('r1', 'place-order', 0),
    over(1, lines.note('event-bus', 'killed', 1, 'aedes')),
    over(2, lines.note('event-bus', 'started', 2, 'aedes')),
    over(2, lines.note('service-c', 'suback', 3)),
    lines.run('r2', 'place-order', 4),
    over(1, lines.hops('r2', order, placeOrder, 4)[4]!),
  );
  assert.deepEqual(
    first?.notes.map(({ text }) => text),
    ['killed (aedes)', 'started (aedes, the standby)', 'suback (the standby)'],
  );
  assert.equal(second?.down, undefined);
  assert.equal(second?.hops[0]?.text, 'PUBLISH');
});

test('watching may go on after the last line: then all is known to be quiet', () => {
  const text = journalText(
    lines.header(graded),
    lines.run('r1', 'read-product', 0),
    ...lines.hops('r1', read, readHit),
  );
  const verdict = (until?: number) =>
    tracesOf(graded, text, until === undefined ? {} : { until }).traces[0]?.verdict?.verdict;
  assert.equal(verdict(), 'incomplete');
  assert.equal(verdict(100), 'passed');
});

test('an empty journal gives no traces, and half a last line is no error', () => {
  assert.deepEqual(traces(), []);
  const text = journalText(lines.header(graded), lines.run('r1', 'read-product', 0));
  assert.equal(tracesOf(graded, `${text}{"type":"hop","at":`).traces.length, 1);
});

for (const [what, make, said] of [
  ['no journal', () => 'Dear diary,\n', /not a journal: got Dear diary/],
  ['nothing at all', () => '', /not a journal/],
  [
    'another lab’s',
    () => journalText(lines.header(graded, { lab: '02-cache' })),
    /got 02-cache, expected 01-nine-hops/,
  ],
  [
    'one of other flows',
    () => journalText(lines.header(graded, { flow: '0123456789ab' })),
    /other flows: got 0123456789ab/,
  ],
] as const)
  test(`${what} is an error that says so`, () => {
    assert.throws(() => tracesOf(graded, make()), said);
  });

test('a long journal takes no longer a run than a short one', () => {
  const rounds = Array.from({ length: 10_000 }, (_, i) => [
    lines.check('some-check', i),
    lines.run(`r${i}`, 'read-product', i),
    ...lines.hops(`r${i}`, read, readHit, i),
    lines.note('service-a', 'started', i),
    lines.result('some-check', i),
  ]);
  const text = [lines.header(graded), ...rounds.flat()].map((line) => JSON.stringify(line));
  const began = performance.now();
  const all = tracesOf(graded, text.join('\n')).traces;
  // A tenth of that, or half a minute and more where each run looks through the whole journal.
  assert.ok(performance.now() - began < 25_000);
  assert.equal(all.length, 10_000);
  assert.equal(all.at(-1)!.hops.length, readHit.length);
  assert.equal(all.at(-1)!.notes.length, 1);
});
