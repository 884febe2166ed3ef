import { ownRuns } from './testing/own-runs.ts';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, test } from 'node:test';
import { holderOf, lockLab } from './lock.ts';

const slug = '07-answers';
const file = join(ownRuns, slug, 'watching.lock');
const heldBy = (pid: number): void => writeFileSync(file, JSON.stringify({ pid }));
const holder = (): number => (JSON.parse(readFileSync(file, 'utf8')) as { pid: number }).pid;

beforeEach(() => {
  rmSync(join(ownRuns, slug), { recursive: true, force: true });
  mkdirSync(join(ownRuns, slug), { recursive: true });
});

test('a lab that nobody runs is taken, and given back', () => {
  const unlock = lockLab(slug, 'watching');
  assert.equal(holder(), process.pid);
  unlock();
  assert.ok(!existsSync(file));
});

test('a lab that another process runs is an error that names it and says what to try', () => {
  // Who started us runs as long as we do.
  heldBy(process.ppid);
  assert.throws(
    () => lockLab(slug, 'watching'),
    new RegExp(
      `07-answers: watching runs already: got process ${process.ppid},.*Try: end it there`,
    ),
  );
  assert.equal(holder(), process.ppid, 'and the lock stays theirs');
});

test('a lock whose process is gone is taken over', () => {
  heldBy(spawnSync(process.execPath, ['-e', '']).pid);
  const unlock = lockLab(slug, 'watching');
  assert.equal(holder(), process.pid);
  unlock();
});

test('a lock that can’t be read is taken over', () => {
  for (const content of ['', 'nonsense', 'null', '{}']) {
    writeFileSync(file, content);
    lockLab(slug, 'watching')();
    assert.ok(!existsSync(file));
  }
});

test('a lock that has become another’s is not taken away', () => {
  const unlock = lockLab(slug, 'watching');
  heldBy(process.ppid);
  unlock();
  assert.ok(existsSync(file));
});

test('who watches and who grades don’t exclude each other', () => {
  heldBy(process.ppid);
  lockLab(slug, 'grading')();
  assert.ok(existsSync(file));
});

test('others learn where a lab can be reached, and only this user can read it', () => {
  const unlock = lockLab(slug, 'watching', { port: 4321, token: 'secret' });
  assert.deepEqual(holderOf(slug, 'watching'), { pid: process.pid, port: 4321, token: 'secret' });
  if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(join(ownRuns, slug)), ['watching.lock'], 'nothing else is left');
  unlock();
  assert.equal(holderOf(slug, 'watching'), undefined);
});
