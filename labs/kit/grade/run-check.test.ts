/** Every way in which a check can end, on a real lab; and the lab is whole again after each. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, describe, test } from 'node:test';
import { relative } from 'node:path';
import lab from '../../01-nine-hops/lab.ts';
import { root } from '../run/paths.ts';
import { startLab, type RunningLab } from '../run/running-lab.ts';
import { solutionSource } from '../run/sources.ts';
import { solutionOf } from '../run/starter.ts';
import { tempFolder, type TempFolder } from '../run/testing/temp-folder.ts';
import type { MarkLine } from '../wire/journal.ts';
import type { Check } from './check.ts';
import { LabFailed } from './errors.ts';
import type { CheckResult } from './results.ts';
import { runCheck } from './run-check.ts';
import type { Tools } from './tools.ts';

const seed = 'run-check';

const check = (id: string, run: Check['run']): Check => ({
  id,
  task: 1,
  services: ['service-a'],
  title: 'A product is served',
  hops: [4, 5],
  points: 8,
  quick: true,
  hints: ['the concept', 'the place', 'nearly the code'],
  run,
});

const readLamp = (t: Tools) => t.act('read-product', { id: 'p-lamp' }, { value: 'Reading lamp' });

describe('a check', () => {
  let folder: TempFolder;
  let running: RunningLab;
  let serviceA: string;
  let crashLine: number;

  before(async () => {
    folder = tempFolder();
    const solution = readFileSync(solutionSource(lab)('service-a.ts'), 'utf8');
    const text = solutionOf(solution).replace(
      'const app = new Hono();',
      `const app = new Hono();
app.get('/products/crash', () => {
  setImmediate(() => {
    throw new RangeError('too hot');
  });
  return new Promise(() => undefined);
});
app.get('/products/crash-later', (c) => {
  setImmediate(() => {
    throw new RangeError('too late');
  });
  return c.json({ name: 'Lamp' });
});`,
    );
    crashLine = 1 + text.split('\n').findIndex((line) => line.includes('too hot'));
    serviceA = folder.write('service-a.ts', text);
    running = await startLab(lab, {
      seed,
      source: (file) => (file === 'service-a.ts' ? serviceA : solutionSource(lab)(file)),
    });
  });
  after(async () => {
    await running.stop();
    folder.remove();
  });

  /** What a check may leave broken is whole again before anyone asks. */
  afterEach(async () => {
    assert.equal(running.busUp, true, 'the bus is up');
    const faults = running.network.http.map((tap) => tap.faults.take(''));
    assert.deepEqual(faults.filter(Boolean), [], 'no fault is left');
    const { crashes } = running.apps;
    const down = running.apps.down().filter((component) => !crashes.has(component));
    assert.deepEqual(down, [], 'what the check killed runs again');
    const next = await runCheck(running, check('the-next', served));
    assert.equal(next.outcome, 'pass', `the next check passes: ${JSON.stringify(next)}`);
  });

  const served = async (t: Tools): Promise<void> => {
    t.replied(await readLamp(t), 200, 'to a read');
  };

  const outcomes = (): unknown[] =>
    running.journal.lines
      .filter((line): line is MarkLine => line.type === 'mark' && line.what === 'result')
      .map((line) => [line['check'], line['outcome']]);

  test('passes: no finding, no hint, nothing to see again', async () => {
    const result = await runCheck(running, check('passes', served));
    const { ms, ...rest } = result;
    assert.ok(ms >= 0);
    assert.deepEqual(rest, {
      id: 'passes',
      task: 1,
      title: 'A product is served',
      hops: [4, 5],
      points: 8,
      outcome: 'pass',
    } satisfies Omit<CheckResult, 'ms'>);
    assert.deepEqual(outcomes().at(-1), ['passes', 'pass']);
  });

  test('fails: what was expected and observed, the first hint, the command with its seed', async () => {
    const failing = check('fails', async (t) => {
      const { reply } = await readLamp(t);
      t.expect(reply?.status, 'the status the user gets').toBe(418);
    });
    const result = await runCheck(running, failing);
    assert.equal(result.outcome, 'fail');
    assert.deepEqual(result.finding, {
      headline: 'the status the user gets',
      expected: '418',
      observed: '200',
    });
    assert.equal(result.hint, 'the concept');
    assert.equal(result.again, `npm run grade 01 -- --check fails --seed ${seed}`);
    assert.deepEqual(outcomes().at(-1), ['fails', 'fail']);
  });

  test('has a mistake of its own: an error with where it is, and no hint to the learner', async () => {
    const mistaken = check('mistaken', async (t) => {
      const { reply } = await readLamp(t);
      (reply as unknown as { nothing: () => void }).nothing();
    });
    const result = await runCheck(running, mistaken);
    assert.equal(result.outcome, 'error');
    assert.match(result.reason ?? '', /TypeError.*nothing.*\n.*run-check\.test\.ts/s);
    assert.equal(result.finding, undefined);
    assert.equal(result.hint, undefined);
    assert.match(result.again ?? '', /--check mistaken/);
  });

  test('whose fault hit nothing is inconclusive', async () => {
    const toothless = check('toothless', async (t) => {
      const [tap] = t.lab.network.edge('service-b', 'cache-b');
      const fault = tap!.faults.inject({ kind: 'status', status: 503 });
      await served(t);
      t.mustHaveBitten(fault, 'a cache that fails');
    });
    const result = await runCheck(running, toothless);
    assert.equal(result.outcome, 'inconclusive');
    assert.equal(result.reason, 'the fault hit nothing: a cache that fails');
    assert.equal(result.hint, undefined);
  });

  test('that the lab let down is infra', async () => {
    const failing = check('let-down', () => Promise.reject(new LabFailed('no first tap')));
    const result = await runCheck(running, failing);
    assert.equal(result.outcome, 'infra');
    assert.equal(result.reason, 'no first tap');
  });

  test('that fails with everything broken leaves nothing broken', async () => {
    const breaking = check('breaking', async (t) => {
      for (const tap of t.lab.network.http) tap.faults.inject({ kind: 'reset' });
      await t.lab.kill('service-a');
      await t.breakBus();
      t.expect(1, 'one').toBe(2);
    });
    assert.equal((await runCheck(running, breaking)).outcome, 'fail');
  });

  test('in which a service crashes fails with the crash, its file and line', async () => {
    const crashing = check('crashing', async (t) => {
      const acted = await t.act('read-product', { id: 'crash' });
      t.replied(acted, 200, 'to a read');
    });
    const result = await runCheck(running, crashing);
    assert.equal(result.outcome, 'fail');
    const place = `${relative(root, serviceA).replaceAll('\\', '/')}:${crashLine}`;
    assert.deepEqual(result.finding, {
      headline: 'service-a stopped',
      expected: 'service-a keeps running',
      observed: `RangeError: too hot at ${place}`,
    });
    assert.equal(result.hint, undefined, 'the place says more than a hint');
  });

  test('of another service’s work is not blamed for a crash', async () => {
    const others = check('others', async (t) => {
      t.replied(await t.act('read-product', { id: 'crash' }), 200, 'to a read');
    });
    const result = await runCheck(running, { ...others, services: ['service-b'] });
    assert.equal(result.outcome, 'fail');
    assert.equal(result.finding?.headline, 'The user’s reply to a read');
    const next = await runCheck(running, check('its-own', served));
    assert.equal(next.finding?.headline, 'service-a stopped', 'the next of its own tells it');
  });

  test('that got its reply before the service crashed fails all the same', async () => {
    const crashing = check('crashing-later', async (t) => {
      const crashed = t.lab.journal.waitFor(
        (line) => line.type === 'note' && line.what === 'crashed',
        { timeout: 10_000, since: t.lab.journal.lines.length },
      );
      t.replied(await t.act('read-product', { id: 'crash-later' }), 200, 'to a read');
      assert.ok(await crashed);
    });
    const result = await runCheck(running, crashing);
    assert.equal(result.outcome, 'fail');
    assert.match(result.finding?.observed ?? '', /^RangeError: too late at .*service-a\.ts:\d+$/);
  });
});
