/** A lab that a page runs: it can be followed from everywhere, and ends with who started it. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { childrenOf, runs, until } from '../../../labs/kit/run/testing/processes.ts';
import { root } from '../../../labs/kit/run/paths.ts';
import { buildSite } from '../build.ts';
import { startCourse, type Course } from '../testing/course.ts';
import { openPage, type FakePage } from '../testing/page.ts';

const slug = '01-nine-hops';
const linux = process.platform === 'linux';
const setpriv = linux && spawnSync('setpriv', ['--version']).status === 0;

const isReady = (event: { is: string; state?: string }): boolean =>
  event.is === 'lab' && event.state === 'ready';
const hasEnded = (event: { is: string; state?: string }): boolean =>
  event.is === 'lab' && event.state === 'ended';
const descendants = (pid: number): number[] =>
  childrenOf(pid).flatMap((child) => [child, ...descendants(child)]);

/** The lab in a terminal of the same learner, without keys. */
function terminal(course: Course) {
  const child = spawn(process.execPath, [join(root, 'labs/kit/cli.ts'), 'lab', '01'], {
    env: { ...process.env, ...course.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      for (const look of waiting) look();
    });
  const printed = (words: RegExp): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!words.test(text)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, printed, ended };
}

before(() => buildSite());

describe('one course server, one learner', { timeout: 120_000 }, () => {
  let course: Course;
  let page: FakePage;
  before(async () => {
    course = await startCourse('solution');
    page = await openPage(course, slug);
  });
  after(async () => {
    page.close();
    await course.stop();
  });

  test('Run starts it, twice is once, and hops come as the taps see them', async () => {
    const replies = await Promise.all([page.post('run'), page.post('run')]);
    assert.deepEqual(
      replies.map((r) => r.status),
      [202, 202],
    );
    await page.heard(isReady);
    assert.equal((await page.post('act/read-product')).status, 202);
    const hop = await page.heard((e) => e.is === 'hop' && e.hop.n === 5);
    assert.ok(hop.is === 'hop');
    assert.equal(hop.hop.edge, 'service-a--cache-a');
    const verdict = await page.heard((e) => e.is === 'verdict');
    assert.ok(verdict.is === 'verdict' && verdict.verdict.verdict === 'passed');
  });

  test('a terminal shows the same run, and its end is not the lab’s', async () => {
    const shown = terminal(course);
    await shown.printed(/runs already, started from the page/);
    await page.post('act/place-order');
    await shown.printed(/hop 9 .*Service C → Database C/);
    shown.child.kill('SIGINT');
    assert.equal(await shown.ended, 130);
    assert.equal((await page.post('act/order-status')).status, 202);
    await page.heard((e) => e.is === 'reply' && e.status === 200 && e.text.includes('placed'));
  });

  test('a second page hears what was, and the lab is told apart from none', async () => {
    const second = await openPage(course, slug);
    await second.heard(isReady);
    await second.heard((e) => e.is === 'verdict');
    second.close();
    await openPage(course, '99-none').then(
      () => assert.fail('expected no such lab'),
      (error: Error) => assert.match(error.message, /got 404/),
    );
  });

  test('its runs are kept and can be played, the learner’s last one first', async () => {
    const [journal] = (await (await page.get(`/labs/${slug}/replays`)).json()) as {
      name: string;
    }[];
    const path = `/labs/${slug}/replays/${journal!.name}`;
    const kept = (await (await page.get(path)).json()) as { run: string; title: string }[];
    assert.equal(kept[0]!.title, 'Ask for an order’s status');
    assert.deepEqual(kept.map((run) => run.title).at(-1), 'Read a product');
    const played = (await (await page.get(`${path}/${kept.at(-1)!.run}`)).json()) as {
      rows: unknown[];
      sequence: { wide: string };
    };
    assert.equal(played.rows.length, 11);
    assert.match(played.sequence.wide, /^<svg /);
    for (const wrong of ['latest', '..%2f..%2fpackage.json', 'none.ndjson'])
      assert.equal((await page.get(`/labs/${slug}/replays/${wrong}`)).status, 404, wrong);
    assert.equal((await page.get(`${path}/r999`)).status, 404);
  });

  test('Stop ends it; a lab that a terminal starts then is shown, and only the terminal ends it', async () => {
    page.forget();
    assert.equal((await page.post('stop')).status, 202);
    await page.heard(hasEnded);
    page.forget();
    const other = terminal(course);
    const shown = await page.heard(isReady);
    assert.ok(shown.is === 'lab' && shown.state === 'ready');
    assert.equal(shown.info.startedBy, 'terminal');
    assert.equal((await page.post('stop')).status, 409);
    page.forget();
    // As a window that is closed does.
    other.child.kill('SIGHUP');
    assert.equal(await other.ended, 130);
    await page.heard(hasEnded);
    assert.ok(!existsSync(join(course.env['NINE_HOPS_RUNS']!, slug, 'watching.lock')));
  });
});

for (const [how, signal] of [
  ['Ctrl-C', 'SIGINT'],
  ['kill -9', 'SIGKILL'],
] as const)
  test(
    `${how} of the course server ends the lab that it started`,
    { skip: setpriv ? false : 'needs Linux with setpriv', timeout: 60_000 },
    async (t) => {
      const course = await startCourse('solution');
      t.after(() => course.stop());
      const page = await openPage(course, slug);
      await page.post('run');
      await page.heard(isReady);
      const pids = descendants(course.child.pid!);
      // The lab's own process, three services, what is provided, the bus.
      assert.equal(pids.length, 6);
      const gone = once(course.child, 'exit');
      course.child.kill(signal);
      const [code] = await gone;
      assert.equal(code, signal === 'SIGINT' ? 0 : null);
      await until('every process is gone', () => !pids.some(runs));
      if (signal === 'SIGINT')
        assert.ok(!existsSync(join(course.env['NINE_HOPS_RUNS']!, slug, 'watching.lock')));
    },
  );

test('the finished lab shows all nine hops, whatever the learner’s files hold', async (t) => {
  const course = await startCourse('starter');
  t.after(() => course.stop());
  const page = await openPage(course, slug);
  assert.equal((await page.post('run/almost')).status, 404);
  await page.post('run/finished');
  const ready = await page.heard(isReady);
  assert.ok(ready.is === 'lab' && ready.state === 'ready' && ready.info.finished);
  await page.post('act/place-order');
  await page.heard((e) => e.is === 'hop' && e.hop.n === 9);
  await page.heard((e) => e.is === 'verdict' && e.verdict.verdict === 'passed');
  // It is nobody's work to grade, and a save is no part of it.
  await page.post('grade');
  await page.heard((e) => e.is === 'said' && e.error === true && /not yours/.test(e.text));
  page.close();
});

test(
  'a service that is not there is named, and Run can be tried again',
  { timeout: 60_000 },
  async (t) => {
    const course = await startCourse('starter');
    t.after(() => course.stop());
    rmSync(join(course.src(slug), 'service-b.ts'));
    const page = await openPage(course, slug);
    await page.post('run');
    const ended = await page.heard((e) => e.is === 'lab' && e.state === 'ended' && !!e.why);
    assert.ok(ended.is === 'lab' && ended.state === 'ended');
    assert.match(ended.why!, /got no .*service-b\.ts.*Try: npm run lab reset 01/);
    await course.put(slug, 'service-b.ts', 'starter');
    await page.post('run');
    await page.heard(isReady);
  },
);
