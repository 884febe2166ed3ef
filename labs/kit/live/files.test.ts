import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { contentsOf, watchFiles } from './files.ts';

/** A save that nobody hears would be waited for without end. */
const hurry = { timeout: 10_000 };

let folder: string;
let stop: () => void;
let told: string[][];
let gone: string[];
let stopped: Set<string>;
let next: PromiseWithResolvers<void>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nine-hops-files-'));
  for (const name of ['a.ts', 'b.ts']) write(name, 'first');
  told = [];
  gone = [];
  stopped = new Set();
  next = Promise.withResolvers();
  stop = watchFiles(folder, ['a.ts', 'b.ts'], {
    onSave: (changed) => {
      told.push(changed);
      next.resolve();
    },
    onGone: (name) => gone.push(name),
    restarts: (name) => stopped.has(name),
  });
});
afterEach(() => {
  stop();
  rmSync(folder, { recursive: true });
});

const path = (name: string): string => join(folder, name);
const write = (name: string, text: string): void => writeFileSync(path(name), text);

/** Resolves when something was told; later saves are told after earlier ones, so it is a fence too. */
async function saved(): Promise<void> {
  await next.promise;
  next = Promise.withResolvers();
}

/** Saves b.ts and waits until that was told: whatever was to be told before has been. */
async function fence(text: string): Promise<void> {
  const before = told.length;
  write('b.ts', text);
  while (!told.slice(before).flat().includes('b.ts')) await saved();
}

test('a save is told once, with the name of the file', hurry, async () => {
  write('a.ts', 'second');
  await saved();
  await fence('second');
  assert.deepEqual(told, [['a.ts'], ['b.ts']]);
});

test('a save that changes nothing is not told', hurry, async () => {
  write('a.ts', 'first');
  await fence('second');
  assert.deepEqual(told, [['b.ts']]);
});

test('a save that changes nothing is told if its service has stopped', hurry, async () => {
  stopped.add('a.ts');
  await fence('second');
  assert.deepEqual(told, [['b.ts']], 'but not before it');
  write('a.ts', 'first');
  await saved();
  assert.deepEqual(told, [['b.ts'], ['a.ts']]);
});

test('an editor that writes another file and renames it is heard', hurry, async () => {
  write('a.ts.tmp', 'second');
  renameSync(path('a.ts.tmp'), path('a.ts'));
  await saved();
  assert.deepEqual(told, [['a.ts']]);
});

test(
  'an editor that keeps a copy by renaming and writes anew is heard, time after time',
  hurry,
  async () => {
    for (const text of ['second', 'third']) {
      renameSync(path('a.ts'), path('a.ts~'));
      write('a.ts', text);
      await saved();
    }
    assert.deepEqual(told, [['a.ts'], ['a.ts']]);
  },
);

test('a file that goes is told as gone, once; that it comes back is a save', hurry, async () => {
  rmSync(path('a.ts'));
  await fence('second');
  await fence('third');
  assert.deepEqual(gone, ['a.ts']);
  assert.deepEqual(told, [['b.ts'], ['b.ts']]);
  write('a.ts', 'first');
  await saved();
  assert.deepEqual(told, [['b.ts'], ['b.ts'], ['a.ts']]);
});

test('an editor that writes in several steps is heard once, when it is done', hurry, async (t) => {
  const steps = watch(folder);
  t.after(() => steps.close());
  for (const text of ['', 'sec', 'second']) {
    write('a.ts', text);
    await once(steps, 'change');
  }
  await saved();
  await fence('second');
  assert.deepEqual(told, [['a.ts'], ['b.ts']]);
});

test('two files saved together are told together', hurry, async () => {
  write('a.ts', 'second');
  write('b.ts', 'second');
  await saved();
  assert.deepEqual(told, [['a.ts', 'b.ts']]);
});

test('other files in the folder are not told', hurry, async () => {
  write('notes.md', 'mine');
  mkdirSync(path('more'));
  await fence('second');
  assert.deepEqual(told, [['b.ts']]);
});

for (const [how, takeAway] of [
  ['removed', () => rmSync(folder, { recursive: true })],
  ['renamed', () => renameSync(folder, `${folder}-away`)],
] as const)
  test(`a folder that was ${how} and comes back is watched again`, hurry, async (t) => {
    t.after(() => rmSync(`${folder}-away`, { recursive: true, force: true }));
    await fence('second');
    takeAway();
    mkdirSync(folder);
    write('a.ts', 'another');
    write('b.ts', 'another');
    while (told.flat().filter((name) => name === 'b.ts').length < 2) await saved();
    await fence('third');
    assert.deepEqual(told.flat().toSorted(), ['a.ts', 'b.ts', 'b.ts', 'b.ts']);
  });

test(
  'what was saved before the watching began, but after it was read, is told',
  hurry,
  async () => {
    stop();
    const read = contentsOf(folder, ['a.ts', 'b.ts']);
    write('a.ts', 'second');
    const changed = await new Promise((onSave) => {
      const rest = { onGone: () => undefined, restarts: () => false };
      stop = watchFiles(folder, ['a.ts', 'b.ts'], { onSave, ...rest }, read);
    });
    assert.deepEqual(changed, ['a.ts']);
  },
);
