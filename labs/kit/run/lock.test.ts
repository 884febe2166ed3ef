import { ownRuns } from './testing/own-runs.ts';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, test } from 'node:test';
import { lockLab } from './lock.ts';

const slug = '07-answers';
const file = join(ownRuns, slug, 'watching.lock');
const heldBy = (holder: string): void => writeFileSync(file, holder);

beforeEach(() => mkdirSync(join(ownRuns, slug), { recursive: true }));

test('a lab that nobody runs is taken, and given back', () => {
  const unlock = lockLab(slug, 'watching');
  assert.equal(readFileSync(file, 'utf8'), String(process.pid));
  unlock();
  assert.ok(!existsSync(file));
});

test('a lab that another process runs is an error that names it and says what to try', () => {
  // Who started us runs as long as we do.
  heldBy(String(process.ppid));
  assert.throws(
    () => lockLab(slug, 'watching'),
    new RegExp(
      `07-answers: watching runs already: got process ${process.ppid},.*Try: end it there`,
    ),
  );
  assert.equal(readFileSync(file, 'utf8'), String(process.ppid), 'and the lock stays theirs');
});

test('a lock whose process is gone is taken over', () => {
  heldBy(String(spawnSync(process.execPath, ['-e', '']).pid));
  const unlock = lockLab(slug, 'watching');
  assert.equal(readFileSync(file, 'utf8'), String(process.pid));
  unlock();
});

test('a lock that can’t be read is taken over', () => {
  for (const holder of ['', 'nonsense']) {
    heldBy(holder);
    lockLab(slug, 'watching')();
    assert.ok(!existsSync(file));
  }
});

test('a lock that has become another’s is not taken away', () => {
  const unlock = lockLab(slug, 'watching');
  heldBy(String(process.ppid));
  unlock();
  assert.ok(existsSync(file));
});

test('who watches and who grades don’t exclude each other', () => {
  heldBy(String(process.ppid));
  lockLab(slug, 'grading')();
  assert.ok(existsSync(file));
});
