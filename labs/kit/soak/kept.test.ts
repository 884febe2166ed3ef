import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { tempFolder } from '../run/testing/temp-folder.ts';
import { fingerprint } from './fingerprint.ts';
import { keepEntry, readEntries, type Entry } from './kept.ts';

const entry = (round: number, more: Partial<Entry> = {}): Entry => ({
  fingerprint: 'now',
  variant: 'solution',
  round,
  verdicts: 16,
  wrong: [],
  factor: 2,
  ms: 4_000,
  ...more,
});

test('what is kept is known again, but for other sources and what a crash left', (t) => {
  const { path, remove } = tempFolder();
  t.after(remove);
  const file = join(path, 'soak/07.ndjson');
  assert.deepEqual(readEntries(file, 'now'), []);
  const wrong = [{ check: 'a', outcome: 'infra', message: 'two\nlines' }];
  keepEntry(file, entry(1, { wrong }));
  keepEntry(file, entry(2, { fingerprint: 'before' }));
  appendFileSync(file, '{"fingerprint":"now","vari');
  keepEntry(file, entry(3));
  assert.deepEqual(readEntries(file, 'now'), [entry(1, { wrong }), entry(3)]);
});

test('a changed source has another fingerprint; what no verdict depends on does not count', (t) => {
  const { path, write, remove } = tempFolder();
  t.after(remove);
  const now = (): string => fingerprint([path], path);
  write('lab.ts', 'one');
  const first = now();
  assert.equal(now(), first);
  write('lab.test.ts', 'a test');
  write('README.md', 'a text');
  assert.equal(now(), first);
  write('lab.ts', 'two');
  assert.notEqual(now(), first);
  write('lab.ts', 'one');
  assert.equal(now(), first);
  write('more.ts', '');
  assert.notEqual(now(), first);
});
