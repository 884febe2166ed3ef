import { ownRuns } from '../run/testing/own-runs.ts';
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { journalFor, keepResult } from './kept.ts';
import type { GradeResult } from './results.ts';

const journals = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.endsWith('.ndjson'));

test('a journal’s file is new, below the lab’s folder, and `latest` names it', () => {
  const file = journalFor('07-answers');
  writeFileSync(file, '{}\n');
  assert.equal(dirname(file), join(ownRuns, '07-answers'));
  assert.equal(readFileSync(join(ownRuns, '07-answers', 'latest'), 'utf8').trim(), basename(file));
});

test('of all journals the last 20 are kept, and nothing else is touched', () => {
  const folder = dirname(journalFor('08-many'));
  const name = (i: number): string =>
    `2001-01-01T00-00-${String(i).padStart(2, '0')}-000Z-99999999.ndjson`;
  for (let i = 1; i <= 30; i += 1) writeFileSync(join(folder, name(i)), '{}\n');
  writeFileSync(join(folder, 'results.json'), '{}');
  const file = journalFor('08-many');
  writeFileSync(file, '{}\n');
  const kept = journals(folder);
  assert.equal(kept.length, 20);
  assert.ok(kept.includes(basename(file)));
  assert.ok(kept.includes(name(30)));
  assert.ok(!kept.includes(name(11)), 'the oldest go');
  assert.equal(readFileSync(join(folder, 'latest'), 'utf8').trim(), basename(file));
  assert.ok(readdirSync(folder).includes('results.json'));
});

test('a journal that another process still writes is left alone', () => {
  const folder = dirname(journalFor('08-open'));
  const open = `2000-01-01T00-00-00-000Z-${process.ppid}.ndjson`;
  writeFileSync(join(folder, open), '{}\n');
  for (let i = 10; i < 40; i += 1)
    writeFileSync(join(folder, `2001-01-01T00-00-${i}-000Z-99999999.ndjson`), '{}\n');
  journalFor('08-open');
  assert.ok(journals(folder).includes(open));
  assert.equal(journals(folder).length, 20);
});

test('journals of over 100 MB together are too many: the oldest go, the last stays whatever its size', () => {
  const folder = dirname(journalFor('07-large'));
  const name = (i: number): string => `2001-01-01T00-00-0${i}-000Z-99999999.ndjson`;
  const sized = (i: number, bytes: number): void => {
    writeFileSync(join(folder, name(i)), '');
    // Without taking that room on the disk.
    truncateSync(join(folder, name(i)), bytes);
  };
  for (const i of [1, 2, 3, 4]) sized(i, 45e6);
  journalFor('07-large');
  assert.deepEqual(journals(folder), [name(3), name(4)]);
  sized(5, 120e6);
  journalFor('07-large');
  assert.deepEqual(journals(folder), [name(5)]);
});

test('results are written whole, and again after each check', () => {
  const result: GradeResult = {
    format: 1,
    lab: '09-results',
    source: 'src',
    startedAt: '2026-11-28T15:04:30.019Z',
    seed: '1f',
    factor: 1.2,
    broker: 'aedes',
    outcome: 'pass',
    points: 0,
    of: 100,
    journal: undefined,
    checks: [],
  };
  keepResult(result);
  const file = keepResult({ ...result, points: 8 });
  assert.equal(file, join(ownRuns, '09-results', 'results.json'));
  const { journal: _, ...written } = { ...result, points: 8 };
  assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), written);
});
