/** What a grading leaves for whoever keeps marks. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { exitCodes, type GradeResult } from '../grade/results.ts';
import { root } from '../run/paths.ts';
import { tempFolder } from '../run/testing/temp-folder.ts';

const slug = '01-nine-hops';

/** A command of its own, which finds the results of an earlier grading and no file of the learner's. */
async function grade(t: TestContext, args: readonly string[]) {
  const { path, remove } = tempFolder();
  t.after(remove);
  const results = join(path, 'runs', slug, 'results.json');
  mkdirSync(dirname(results), { recursive: true });
  writeFileSync(results, '{ "points": 100 }');
  const child = spawn(process.execPath, [join(root, 'labs/kit/cli.ts'), 'grade', '01', ...args], {
    cwd: root,
    env: { ...process.env, NINE_HOPS_RUNS: join(path, 'runs'), NINE_HOPS_SRC: join(path, 'src') },
    stdio: 'ignore',
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, results };
}

test('results say what was graded, when, and which check alone', async (t) => {
  const began = Date.now();
  const id = 'fills-the-cache';
  const { code, results } = await grade(t, ['--check', id, '--source', 'solution']);
  assert.equal(code, exitCodes.pass);
  const result = JSON.parse(readFileSync(results, 'utf8')) as GradeResult;
  assert.equal(result.source, 'solution');
  assert.deepEqual(result.only, [id]);
  const at = new Date(result.startedAt);
  assert.equal(at.toISOString(), result.startedAt);
  assert.ok(at.getTime() >= began && at.getTime() <= Date.now(), result.startedAt);
});

for (const [what, args] of [
  ['a file is missing', []],
  ['there is no such check', ['--check', 'nonsense']],
] as const)
  test(`the results of before are gone though ${what}`, async (t) => {
    const { code, results } = await grade(t, args);
    assert.equal(code, 64);
    assert.equal(existsSync(results), false);
  });

test('a kept journal that is judged again is no grading: the results stay', async (t) => {
  const { code, results } = await grade(t, ['--journal', '/no/such/file']);
  assert.equal(code, 64);
  assert.equal(existsSync(results), true);
});
