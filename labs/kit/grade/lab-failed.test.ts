/** What the lab provides may fail too: then a check says so, and blames no learner. */
import { ownRuns } from '../run/testing/own-runs.ts';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { solutionSource } from '../run/sources.ts';
import { childrenOf } from '../run/testing/processes.ts';
import { loadLab } from './load.ts';
import { runCheck } from './run-check.ts';
import { startLab } from '../run/running-lab.ts';

assert.ok(ownRuns);

const skip = process.platform === 'linux' ? false : 'needs Linux: it looks for processes in /proc';

test('a broker, and then a provided part, that end by themselves', { skip }, async (t) => {
  const { lab, checks } = await loadLab('01-nine-hops');
  const told: string[] = [];
  const next = { failure: Promise.withResolvers<void>() };
  const running = await startLab(lab, {
    source: solutionSource(lab),
    factor: 3,
    onFailure: (why) => {
      told.push(why);
      next.failure.resolve();
    },
  });
  t.after(() => running.stop());
  /** Ends the process of the lab whose command line holds these words. */
  const end = async (words: string): Promise<void> => {
    next.failure = Promise.withResolvers();
    const pid = childrenOf(process.pid).find((child) =>
      readFileSync(`/proc/${child}/cmdline`, 'utf8').includes(words),
    );
    process.kill(pid!, 'SIGKILL');
    await next.failure.promise;
  };
  const check = checks.find((c) => c.id === 'stored-before-acknowledged')!;
  const during = { ...check, run: () => end('aedes-process') };

  const first = await runCheck(running, during);
  assert.equal(first.outcome, 'infra');
  assert.match(first.reason!, /^aedes, the lab’s broker, stopped by itself/);
  assert.equal((await runCheck(running, check)).outcome, 'pass', 'the lab has mended its bus');

  await end('load-balancer.ts');
  const last = await runCheck(
    running,
    checks.find((c) => c.id === 'fills-the-cache')!,
  );
  assert.equal(last.outcome, 'infra');
  assert.match(last.reason!, /^load-balancer, .* stopped: they are the lab’s own/);
  assert.equal(told.length, 2);
});
