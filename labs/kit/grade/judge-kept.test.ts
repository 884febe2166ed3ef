import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { read } from '../../01-nine-hops/flow.ts';
import { readHit, seenInOrder } from '../flow/testing/nine-hops.ts';
import type { SeenHop } from '../flow/types.ts';
import { flowHash } from '../run/flow-hash.ts';
import { judgeKept, rejudge } from './judge-kept.ts';
import { loadLab, type Graded } from './load.ts';

let graded: Graded;
before(async () => {
  graded = await loadLab('01-nine-hops');
});

const header = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  type: 'header',
  format: 1,
  lab: '01-nine-hops',
  flow: flowHash(graded.lab),
  seed: '1f',
  factor: 1,
  broker: 'aedes',
  versions: {},
  startedAt: '2026-01-01T00:00:00.000Z',
  ...more,
});

const verdict = (run: string, said: string, more: Record<string, unknown> = {}) => ({
  type: 'mark',
  at: 60,
  what: 'verdict',
  run,
  flow: read.id,
  startAt: 0,
  endAt: 60,
  without: [],
  verdict: said,
  index: 0,
  ...more,
});

const hops = (run: string, seen: readonly SeenHop[]) =>
  seen.map((hop) => ({ type: 'hop', ...hop, run }));

const text = (...lines: unknown[]): string =>
  lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');

/** Run r1 followed the read's flow; r2, between its hops, broke off after hop 4. */
function journal(more: Record<string, unknown> = {}): unknown[] {
  const all = seenInOrder(read, readHit);
  const mixed = [...hops('r1', all), ...hops('r2', all.slice(0, 4))].toSorted(
    (a, b) => a.at - b.at,
  );
  return [
    header(more),
    { type: 'note', at: 0, component: 'event-bus', what: 'started' },
    ...mixed,
    verdict('r1', 'passed'),
    // What came after the verdict was not judged.
    ...hops('r1', [{ ...all[0]!, at: 50 }]),
    verdict('r2', 'incomplete', { endAt: 500 }),
  ];
}

test('a kept journal gets the verdicts that were recorded', () => {
  const all = rejudge(graded, text(...journal()));
  assert.deepEqual(
    all.map(({ run, before: was, now }) => [run, was, now.verdict]),
    [
      ['r1', 'passed', 'passed'],
      ['r2', 'incomplete', 'incomplete'],
    ],
  );
  assert.match(all[1]!.headline, /hop 5/i);
});

test('what was left out of the verdict is left out again', () => {
  const stray = {
    via: 'mqtt',
    kind: 'deliver',
    from: 'event-bus',
    to: 'service-c',
    at: 15,
  } as const;
  const lines = [header(), ...hops('r1', [...seenInOrder(read, readHit), stray])];
  const whole = rejudge(graded, text(...lines, verdict('r1', 'unexpected')));
  const without = rejudge(
    graded,
    text(...lines, verdict('r1', 'passed', { without: ['service-c'] })),
  );
  assert.equal(whole[0]?.now.verdict, 'unexpected');
  assert.equal(without[0]?.now.verdict, 'passed');
});

test('the factor of the machine that recorded it counts, not this one’s', () => {
  const late = seenInOrder(read, readHit).map((hop) => ({ ...hop, at: hop.at * 100 }));
  const lines = [...hops('r1', late), verdict('r1', '', { endAt: 1_600 })];
  const judged = (factor: number) =>
    rejudge(graded, text(header({ factor }), ...lines))[0]?.now.verdict;
  assert.equal(judged(1), 'late');
  assert.equal(judged(2), 'passed');
});

test('half a line at the end, as a crash leaves it, wherever it was cut, is left out', () => {
  const note = {
    type: 'note',
    at: 90,
    component: 'service-b',
    what: 'connack',
    facts: { ok: true },
  };
  const last = JSON.stringify(note);
  const whole = text(...journal());
  for (let cut = 1; cut < last.length; cut += 1)
    assert.equal(rejudge(graded, whole + last.slice(0, cut)).length, 2, last.slice(0, cut));
});

for (const [what, make, said] of [
  ['another lab’s', () => text(header({ lab: '02-cache' })), /got 02-cache, expected 01-nine-hops/],
  ['one of a later format', () => text(header({ format: 2 })), /format 1/],
  [
    'one of other flows',
    () => text(header({ flow: '0123456789ab' })),
    /other flows: got 0123456789ab.*Try: npm run grade 01/,
  ],
  ['one without its first line', () => text(...journal().slice(1)), /not a journal of this lab/],
  ['no journal but a text', () => 'Dear diary,\n', /not a journal: got Dear diary/],
  ['no journal but JSON', () => 'null\n', /not a journal/],
  ['no journal but a number', () => '7\n', /not a journal/],
  ['an empty file', () => '', /not a journal/],
  [
    'one with garbage in the middle',
    () => text(header(), 'Dear diary,', verdict('r1', 'incomplete')),
    /not a journal: got Dear diary/,
  ],
  [
    'one with a flow that this lab has not',
    () => text(header(), verdict('r1', 'passed', { flow: 'elsewhere' })),
    /unknown flow: got elsewhere/,
  ],
] as const)
  test(`a journal that is ${what} is an error that says so`, () => {
    assert.throws(
      () => rejudge(graded, make()),
      (error: Error) => error.message.startsWith('[journal] ') && said.test(error.message),
    );
  });

test('on the command line: 0 if all is as it was, 2 if not or if there is nothing to judge', (t) => {
  const file = join(tmpdir(), `nine-hops-${process.pid}.ndjson`);
  const said: string[] = [];
  t.mock.method(console, 'log', (line: string) => said.push(line));
  t.after(() => rmSync(file, { force: true }));
  const judge = (...lines: unknown[]): number => {
    said.length = 0;
    writeFileSync(file, text(...lines));
    return judgeKept(graded, file);
  };
  assert.equal(judge(...journal()), 0);
  assert.match(said[0]!, /^= r1 read-product: passed/);
  assert.ok(said.some((line) => line.startsWith('2 verdicts')));
  assert.equal(judge(header(), verdict('r1', 'passed')), 2);
  assert.match(said[0]!, /^≠ r1 /);
  assert.equal(judge(header()), 2);
  assert.throws(() => judgeKept(graded, '/no/such/file'), /can't be read.*Try: ls \.runs\/01/);
});
