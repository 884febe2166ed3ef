/** One lab, several who show it: all see the same, and each of them hears how it ended. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { buildSite } from '../build.ts';
import { joinCourse, startCourse, type Course } from '../testing/course.ts';
import { openPage, type FakePage } from '../testing/page.ts';

const slug = '01-nine-hops';
type Told = { is: string; state?: string; why?: string };
const isReady = (event: Told): boolean => event.is === 'lab' && event.state === 'ready';
const hasEnded = (event: Told): boolean => event.is === 'lab' && event.state === 'ended';

before(() => buildSite());

describe('two course servers, one lab', { timeout: 90_000 }, () => {
  let [one, other]: Course[] = [];
  let page: FakePage;
  before(async () => {
    one = await startCourse('solution');
    other = await joinCourse(one);
    page = await openPage(one, slug);
    await page.post('run');
    await page.heard(isReady);
    page.forget();
  });
  after(async () => {
    page.close();
    await other!.stop();
    await one!.stop();
  });

  test('Run of a server that shows nothing yet joins the lab that runs', async () => {
    const { address, invitation } = other!;
    const welcome = await fetch(invitation, { redirect: 'manual' });
    const cookie = welcome.headers.get('set-cookie')!.split(';')[0]!;
    const reply = await fetch(`${address}/api/labs/${slug}/run`, {
      method: 'POST',
      headers: { cookie, origin: address },
      signal: AbortSignal.timeout(10_000),
    });
    assert.equal(reply.status, 202);
  });

  test('a killed lab says so, and Run starts it again', async () => {
    const lock = join(one!.env['NINE_HOPS_RUNS']!, slug, 'watching.lock');
    const { pid } = JSON.parse(readFileSync(lock, 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
    const end = await page.heard(hasEnded);
    assert.ok(end.is === 'lab' && end.state === 'ended');
    assert.equal(end.why, 'The lab’s process is gone. Run starts it again.');
    page.forget();
    await page.post('run');
    await page.heard(isReady);
  });

  test('each of them may end it, and Run just after Stop starts it anew', async () => {
    const second = await openPage(other!, slug);
    await second.heard(isReady);
    page.forget();
    second.forget();
    assert.equal((await second.post('stop')).status, 202);
    assert.equal((await second.post('run')).status, 202);
    await page.heard(hasEnded);
    await page.heard(isReady);
    await second.heard(isReady);
    second.close();
  });

  test('what is saved while it starts runs; what is ended while it starts does not', async () => {
    page.forget();
    await page.post('stop');
    await page.heard(hasEnded);
    page.forget();
    await page.post('run');
    await page.heard((e) => e.is === 'lab' && e.state === 'starting');
    const file = join(one!.src(slug), 'service-a.ts');
    writeFileSync(file, `${readFileSync(file, 'utf8')}\nconsole.log('the new one');\n`);
    await page.heard((e) => e.is === 'output' && e.text === 'the new one');
    await page.post('stop');
    await page.heard(hasEnded);
    page.forget();
    await page.post('run');
    await page.heard((e) => e.is === 'lab' && e.state === 'starting');
    const heardReady = page.heard(isReady).then(() => 'ready');
    await page.post('stop');
    // The second Run waits until the first lab is gone: only its own is heard to be ready.
    await page.heard(hasEnded);
    page.forget();
    await page.post('run');
    const starts = page.heard((e) => e.is === 'lab' && e.state === 'starting');
    assert.equal(await Promise.race([heardReady, starts.then(() => 'starting')]), 'starting');
    await page.heard(isReady);
  });
});
