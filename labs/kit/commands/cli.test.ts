/** A command that can't be carried out says one clear thing and ends with 64. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { root } from '../run/paths.ts';

async function cli(t: TestContext, args: readonly string[]) {
  const runs = mkdtempSync(join(tmpdir(), 'nine-hops-cli-'));
  t.after(() => rmSync(runs, { recursive: true, force: true }));
  const child = spawn(process.execPath, [join(root, 'labs/kit/cli.ts'), ...args], {
    cwd: root,
    env: { ...process.env, NINE_HOPS_RUNS: runs },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => out.push(part));
  child.stderr.on('data', (part: Buffer) => err.push(part));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const text = (parts: Buffer[]): string => Buffer.concat(parts).toString();
  return { code, stdout: text(out), stderr: text(err), left: readdirSync(runs) };
}

const cases: readonly (readonly [args: readonly string[], said: RegExp])[] = [
  [[], /^\[cli\] no such command: got nothing, expected one of lab, grade, check, starter/],
  [['nonsense'], /^\[cli\] no such command: got nonsense, expected one of lab, grade, check/],
  [['toString'], /^\[cli\] no such command: got toString/],
  [['grade', '99'], /^\[lab\] no such lab: got lab 99, expected one of 01-nine-hops.*Try: /],
  [
    ['grade', '01', '--check', 'nonsense'],
    /^\[grade\] no such check: got nonsense, expected one of fills-the-cache, .*Try: npm run grade/,
  ],
  [['grade', '01', '--source', 'mine'], /^\[grade\] no such source: got mine.*Try: npm run grade/],
  [
    ['grade', '01', '--journal', '/no/such/file'],
    /^\[journal\] can't be read: got \/no\/such\/file.*Try: ls/,
  ],
  [['check', '--nonsense'], /^\[usage\] .*'--nonsense'.*\nTry: npm run check/],
  [['check', '01', '--workers', '0'], /^\[usage\] wrong --workers: got 0, expected a whole number/],
  [
    ['check', '01', '--soak', '--times', 'x'],
    /^\[usage\] wrong --times: got x.*Try: npm run check/,
  ],
  [['lab', 'reset'], /^\[lab\] no such lab: got no lab.*Try: /],
  [
    ['lab', '01', '--inspect', 'cache-a'],
    /^\[lab\] can't inspect: got cache-a, expected one of service-a, service-b, service-c\. Try: /,
  ],
  [['lab', 'explore'], /^\[lab\] no such lab: got no lab.*Try: /],
  [
    ['lab', 'explore', '01', '--plan', '4: nonsense@1'],
    /^\[explore\] no such trouble: got nonsense/,
  ],
  [
    ['lab', 'explore', '01', '--seconds', '0'],
    /^\[usage\] wrong --seconds: got 0.*Try: npm run lab/,
  ],
  [['lab', 'explore', '01', '--source', 'mine'], /^\[explore\] no such source: got mine.*Try: /],
  [['lab', 'map', '04'], /^\[map\] no journal: got none of lab 04.*Try: npm run lab 04/],
  [['lab', 'map', '04', '--journal', '/no/such/file'], /^\[map\] no journal: got \/no\/such/],
  [['lab', 'storm'], /^\[lab\] no such lab: got no lab.*Try: /],
  [
    ['lab', 'storm', '01'],
    /^\[storm\] no storm: got lab 01-nine-hops, .*expected one of 05-bus-down/,
  ],
  [
    ['lab', 'storm', '05', '--times', '0'],
    /^\[usage\] wrong --times: got 0.*Try: npm run lab storm/,
  ],
  [
    ['lab', 'storm', '05', '--orders', '49'],
    /^\[usage\] wrong --orders: got 49, expected a whole number from 50 on.*Try: /,
  ],
  [
    ['lab', 'storm', '05', '--source', 'mine'],
    /^\[storm\] no such source: got mine.*Try: npm run lab/,
  ],
  [['lab', 'storm', '05', '--source', '/tmp'], /^\[storm\] no such source: got \/tmp/],
  [['record', '01', '--runs', 'x'], /^\[usage\] wrong --runs: got x.*Try: npm run record/],
  [['record', '01', '--losses'], /^\[storm\] no storm: got lab 01-nine-hops/],
  [
    ['record', '05', '--losses', '--tried'],
    /^\[usage\] --losses is measured alone: got it with --tried/,
  ],
  [['starter'], /^\[usage\] expected either --compare or --write\. Try: /],
];

// Not a grading's exit codes, 0 to 4: nothing was graded.
describe('the command line', { concurrency: 2 }, () => {
  for (const [args, said] of cases)
    test(`cli.ts ${args.join(' ') || '(nothing)'}`, async (t) => {
      const { code, stdout, stderr, left } = await cli(t, args);
      assert.equal(code, 64);
      assert.match(stderr, said);
      assert.ok(stderr.trimEnd().split('\n').length <= 2, `one message, no stack:\n${stderr}`);
      assert.equal(stdout, '');
      assert.deepEqual(left, [], 'it left nothing behind');
    });
});
