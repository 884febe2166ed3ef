import assert from 'node:assert/strict';
import { existsSync, readlinkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { TemporaryClone } from './testing/clone.ts';

function temporaryClone(t: TestContext): TemporaryClone {
  const clone = new TemporaryClone();
  t.after(() => clone.remove());
  return clone;
}

/** Polls; the runner's time limit ends what never comes true. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(10);
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('bootstrap', () => {
  test('installs once, in one line, without a word of npm', async (t) => {
    const clone = temporaryClone(t);
    const first = await clone.run();
    assert.match(first.output, /^\[set-up\] installing the packages … \d+\.\d s\n$/);
    assert.equal(first.code, 0);
    assert.deepEqual(await clone.run(), { code: 0, output: '' });
    assert.deepEqual(clone.npmCalls(), ['root']);
    assert.match(readFileSync(clone.path('.runs/set-up/packages.log'), 'utf8'), /some noise/);
  });

  test('tells an unsupported Node.js what to do, and touches nothing', async (t) => {
    const clone = temporaryClone(t);
    const { code, output } = await clone.run({ node: '18.20.4' });
    assert.equal(code, 1);
    assert.match(
      output,
      /^\[set-up\] .+: got 18\.20\.4, expected 20 or newer\. Try: install .+\n$/,
    );
    assert.deepEqual(clone.npmCalls(), []);
  });

  test('installs again when the lock file or the Node.js changed', async (t) => {
    const clone = temporaryClone(t);
    await clone.run();
    clone.writeLock('{ "changed": true }');
    assert.match((await clone.run()).output, /installing the packages/);
    assert.match((await clone.run({ node: '28.1.0' })).output, /installing the packages/);
    assert.equal((await clone.run({ node: '28.1.0' })).output, '');
    assert.equal(clone.npmCalls().length, 3);
  });

  test('says what to do without a network, and where the rest is', async (t) => {
    const clone = temporaryClone(t);
    const { code, output } = await clone.run({ npm: 'offline' });
    assert.equal(code, 1);
    assert.match(
      output,
      /could not reach its registry: got ENOTFOUND .+packages\.log.+ Try: connect/,
    );
    assert.doesNotMatch(output, /long story|npm error/);
    assert.match((await clone.run()).output, /installing the packages/, 'then installs');
  });

  test('names a lock file that does not fit', async (t) => {
    const { code, output } = await temporaryClone(t).run({ npm: 'stale-lock' });
    assert.equal(code, 1);
    assert.match(output, /package-lock\.json disagree: got EUSAGE/);
  });

  test('mends an install that was killed, and leaves no npm behind', async (t) => {
    const clone = temporaryClone(t);
    await clone.run();
    clone.writeLock('{ "changed": true }');
    const { child, ended } = clone.start({ npm: 'hangs' });
    await until(() => clone.npmPid() !== undefined);
    child.kill('SIGKILL');
    await ended;
    const npm = clone.npmPid() ?? 0;
    await until(() => !isAlive(npm));
    const { code, output } = await clone.run();
    assert.equal(code, 0);
    assert.match(output, /^\[set-up\] installing the packages … \d/, 'takes the dead one’s lock');
    assert.equal(existsSync(clone.path('.setup/.lock')), false);
  });

  test('gives the lock back when it is interrupted', async (t) => {
    const clone = temporaryClone(t);
    const { child, ended } = clone.start({ npm: 'hangs' });
    await until(() => clone.npmPid() !== undefined);
    child.kill('SIGINT');
    assert.equal((await ended).code, 130);
    assert.equal(existsSync(clone.path('.setup/.lock')), false);
  });

  test('waits for another command, says so, and then has nothing to do', async (t) => {
    const clone = temporaryClone(t);
    const first = clone.start({ npm: 'waits' });
    await until(() => clone.npmCalls().length === 1);
    const second = clone.start();
    await second.says(
      `another command (process ${first.child.pid}) is installing; waiting for it\n`,
    );
    clone.letNpmGo();
    assert.equal((await first.ended).code, 0);
    const { code, output } = await second.ended;
    assert.equal(code, 0);
    assert.equal(output.split('\n').length, 2, output);
    assert.deepEqual(clone.npmCalls(), ['root']);
  });

  test('of many at once exactly one installs, a dead one’s lock or not', async (t) => {
    const clone = temporaryClone(t);
    // No process has this id: it is beyond the highest that any of our platforms gives out.
    writeFileSync(clone.path('.setup/.lock'), '4194305\n');
    const all = await Promise.all(Array.from({ length: 6 }, () => clone.run()));
    assert.deepEqual(new Set(all.map(({ code }) => code)), new Set([0]));
    assert.deepEqual(clone.npmCalls(), ['root']);
  });
});

const noScripts = process.platform === 'win32' && 'the fake runtime is a shell script';

describe('bootstrap with a Node.js that is too old for the course', { skip: noScripts }, () => {
  const old = { node: '20.20.2' };
  const link = 'node_modules/.bin/node';

  test('installs one and links it', async (t) => {
    const clone = temporaryClone(t);
    const { output } = await clone.run(old);
    assert.match(
      output,
      /^\[set-up\] installing Node\.js 26 .+ s\n\[set-up\] installing the packages/,
    );
    assert.deepEqual(clone.npmCalls(), ['runtime', 'root']);
    const target = '../../.setup/runtime/node_modules/node-fake/bin/node';
    assert.equal(readlinkSync(clone.path(link)), target);
    const include = '.setup/runtime/node_modules/node-fake/include';
    assert.equal(existsSync(clone.path(include)), false, 'without what no one needs');
    assert.deepEqual(await clone.run(old), { code: 0, output: '' });
  });

  // A shell remembers where it found `node`, so a script can't go on under a `node` that came later.
  test('the second half of a script runs under it, even on the first start', async (t) => {
    const clone = temporaryClone(t);
    await clone.run(old);
    const target = readlinkSync(clone.path(link));
    assert.equal(readlinkSync(clone.path('node_modules/.bin/course-node')), target);
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    const { scripts } = JSON.parse(text) as { scripts: Record<string, string> };
    for (const script of Object.values(scripts))
      assert.match(script, /^node \.setup\/bootstrap\.mjs && (?!node )/);
  });

  test('links again without installing', async (t) => {
    const clone = temporaryClone(t);
    await clone.run(old);
    rmSync(clone.path(link));
    assert.deepEqual(await clone.run(old), { code: 0, output: '' });
    assert.ok(existsSync(clone.path(link)));
    assert.equal(clone.npmCalls().length, 2);
  });

  test('installs it again when its binary is gone', async (t) => {
    const clone = temporaryClone(t);
    await clone.run(old);
    rmSync(clone.path('.setup/runtime/node_modules/node-fake'), { recursive: true });
    assert.match((await clone.run(old)).output, /installing Node\.js 26/);
    assert.ok(existsSync(clone.path(link)));
  });

  test('unlinks it when the machine has a newer one', async (t) => {
    const clone = temporaryClone(t);
    await clone.run(old);
    assert.equal((await clone.run({ node: '26.1.0' })).output, '', 'the packages fit both');
    assert.equal(existsSync(clone.path(link)), false);
    assert.equal(readlinkSync(clone.path('node_modules/.bin/course-node')), process.execPath);
  });

  test('sees that an optional download failed in silence', async (t) => {
    const clone = temporaryClone(t);
    const { code, output } = await clone.run({ ...old, npm: 'offline' });
    assert.equal(code, 1);
    assert.match(output, /could not reach its registry: got ENOTFOUND .+runtime\.log/);
  });

  test('says so where npm has no Node.js for the platform', async (t) => {
    const { code, output } = await temporaryClone(t).run({ ...old, npm: 'waits' });
    assert.equal(code, 1);
    assert.match(output, /too old to run the course: got no Node\.js 26 for \S+ from npm/);
  });
});
