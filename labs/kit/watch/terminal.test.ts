import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { loadLab, type Graded } from '../grade/load.ts';
import type { CheckResult } from '../grade/results.ts';
import type { LiveEvent } from '../live/events.ts';
import { Terminal } from './terminal.ts';
import { listView } from './views.ts';

/** What a terminal prints when a lab tells these events. */
async function printed(graded: Graded, events: readonly LiveEvent[]): Promise<string> {
  const said: string[] = [];
  const link = {
    follow: (listener: (event: LiveEvent) => void) => {
      for (const event of events) listener(event);
      return () => undefined;
    },
    do: () => undefined,
    ended: Promise.resolve(),
  };
  const say = (text: string): number => said.push(stripVTControlCharacters(text));
  await new Terminal(graded, link, { hosts: true, say }).run();
  return said.join('\n');
}

const result = (id: string, rest: Partial<CheckResult>): CheckResult => ({
  id,
  task: 1,
  title: 'A decision that the figures bear',
  hops: [],
  points: 8,
  outcome: 'pass',
  ms: 1,
  measured: [
    { title: `table of ${id}`, columns: ['called'], rows: [{ name: 'p50', values: [3] }] },
  ],
  ...rest,
});
const finding = { headline: 'The first claim', expected: 'lower', observed: 'higher' };
const results = [
  result('passes', {}),
  result('fails', { outcome: 'fail', finding }),
  result('passes-too', {}),
];

/** A round of checks, as a lab tells it. */
const round = (all: boolean): LiveEvent[] => [
  { is: 'checking', checks: results.map(({ id }) => id), all },
  ...results.map((one) => ({ is: 'result', result: one }) as const),
  { is: 'checked', all, summary: '2 of 3 checks pass', stopped: false },
];

test('after a save only what does not pass shows what it measured, and its finding stands last', async () => {
  const text = await printed(await loadLab('06-choose'), round(false));
  assert.match(text, /table of fails/);
  assert.doesNotMatch(text, /table of passes/);
  const [found, last, end] = ['The first claim', '✓ task 1  passes-too', '2 of 3 checks pass'].map(
    (part) => text.indexOf(part),
  );
  assert.ok(last! > 0 && last! < found! && found! < end!, text);
});

test('who asks for all sees every table, and the finding last all the same', async () => {
  const text = await printed(await loadLab('06-choose'), round(true));
  for (const { id } of results) assert.ok(text.includes(`table of ${id}`), text);
  assert.ok(text.indexOf('table of passes-too') < text.indexOf('The first claim'), text);
});

test('in the list a check about no hop of the course names only its points', async () => {
  const graded = await loadLab('06-choose');
  const without = graded.checks.find(({ hops }) => hops.length === 0);
  assert.ok(without);
  const list = stripVTControlCharacters(listView(graded, new Map()));
  assert.ok(list.includes(`(${without.points} points`), list);
  assert.doesNotMatch(list, /\(, /);
});
