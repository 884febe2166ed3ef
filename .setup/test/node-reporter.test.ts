import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runNode } from './child.ts';
import { parseCounts, parseSkips } from './counts.ts';

const reporter = fileURLToPath(new URL('node-reporter.ts', import.meta.url));
const noLeftovers = new URL('no-leftovers.ts', import.meta.url).href;

/** What the reporter prints of files with these texts. */
async function report(t: TestContext, ...texts: string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'nine-hops-reporter-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const files = texts.map((text, index) => {
    const file = join(folder, `${index}.test.mjs`);
    const imports = `import { describe, test } from 'node:test'; import assert from 'node:assert';`;
    writeFileSync(file, `${imports}\n${text}\n`);
    return file;
  });
  const args = ['--test', `--import=${noLeftovers}`, `--test-reporter=${reporter}`, ...files];
  return (await runNode(args, { cwd: folder, limitMs: 60_000 })).output;
}

test('counts tests, not suites', async (t) => {
  const output = await report(
    t,
    `describe('s', () => { test('a', () => {}); test('b', () => {}); })`,
  );
  assert.equal(output.trim(), '2 passed, 0 failed, 0 skipped');
});

test('names what was skipped, and why', async (t) => {
  const output = await report(
    t,
    `test('on Mosquitto', { skip: 'missing' }, () => {}); test('a', () => {})`,
  );
  assert.deepEqual(parseSkips(output), ['on Mosquitto (missing)']);
  assert.deepEqual(parseCounts(output), { passed: 1, failed: 0, skipped: 1 });
});

test('shows a failure once, with its place, message and what the file printed', async (t) => {
  const output = await report(
    t,
    `console.log('a clue'); describe('s', () => { test('adds', () => assert.equal(1, 2)); })`,
  );
  assert.match(output, /✗ adds\n {2}0\.test\.mjs:2\n/);
  assert.match(output, /1 == 2/);
  assert.match(output, /a clue/);
  assert.deepEqual(parseCounts(output), { passed: 0, failed: 1, skipped: 0 });
});

test('a file that leaves something running has failed, and says what', async (t) => {
  const output = await report(t, `test('a', () => {}); setInterval(() => {}, 1000)`);
  assert.deepEqual(parseCounts(output), { passed: 1, failed: 1, skipped: 0 });
  assert.match(output, /something goes on: got Timeout,/);
});

test('a file that does not load, or has no test, has failed', async (t) => {
  const output = await report(t, `import './no-such-file.mjs';`, `console.log('nothing here')`);
  assert.deepEqual(parseCounts(output), { passed: 0, failed: 2, skipped: 0 });
  assert.match(output, /no-such-file/);
  assert.match(output, /has no tests/);
});
