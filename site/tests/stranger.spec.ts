import type { Page } from '@playwright/test';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Course } from '../server/testing/course.ts';
import { openPage } from '../server/testing/page.ts';
import { expect, ownCourse, test as base } from './fixtures.ts';
import { startStranger, type Stranger } from './stranger.ts';

const slug = '01-nine-hops';
const run = `/api/labs/${slug}/run`;
const events = `/api/labs/${slug}/events`;

const test = base.extend<{ stranger: Stranger }, { course: Course }>({
  // In which no other test has run a lab.
  course: ownCourse,
  stranger: async ({ address }, use) => {
    const stranger = await startStranger(
      `<!doctype html><title>Stranger</title>
       <form method="post" action="${address}${run}"><button>Win a prize</button></form>
       <form method="post" action="${address}${run}" target="_blank" enctype="text/plain">
         <button>Win another</button>
       </form>
       <a href="${address}${events}">Read this</a>
       <iframe src="${address}/"></iframe>`,
    );
    await use(stranger);
    await stranger.stop();
  },
});

/** Opens the printed address: from here on this browser has the cookie. Proves that it works. */
async function takeToken(page: Page, { invitation, address }: Course): Promise<void> {
  await page.goto(invitation);
  await expect(page).toHaveURL(`${address}/`);
  expect(await mayRun(page)).toBe(true);
}

const mayRun = (page: Page): Promise<boolean> =>
  page.evaluate(async () => {
    const reply = await fetch('/api/session');
    return ((await reply.json()) as { mayRun: boolean }).mayRun;
  });

/** That no lab runs or ran: the course server knows of none, and none left a journal. */
async function expectNothingStarted(course: Course): Promise<void> {
  const ours = await openPage(course, slug);
  expect((await ours.post('stop')).status).toBe(409);
  expect((await ours.post('check')).status).toBe(409);
  await ours.heard((event) => event.is === 'lab' && event.state === 'ended');
  expect(await (await ours.get(`/labs/${slug}/replays`)).json()).toEqual([]);
  ours.close();
  const folder = join(course.env['NINE_HOPS_RUNS']!, slug);
  const left = existsSync(folder) ? readdirSync(folder) : [];
  expect(left.filter((name) => /ndjson|lock|latest/.test(name))).toEqual([]);
}

/** All ways in which a page's script can ask another origin; says what each got to read. */
const askAll = (page: Page, address: string): Promise<string[]> =>
  page.evaluate(
    async ([origin, start, follow]) => {
      const ways: [string, RequestInit][] = [
        [start, { method: 'POST' }],
        [start, { method: 'POST', mode: 'no-cors' }],
        [start, { method: 'POST', mode: 'no-cors', keepalive: true, body: 'a=b' }],
        [start, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }],
        [follow, {}],
        [follow, { mode: 'no-cors' }],
        ['/api/session', {}],
        ['/api/session', { mode: 'no-cors' }],
      ];
      const got: string[] = [];
      for (const [path, init] of ways) {
        try {
          const reply = await fetch(`${origin}${path}`, { credentials: 'include', ...init });
          got.push(`${reply.type} ${reply.status} ${await reply.text()}`);
        } catch {
          got.push('nothing');
        }
      }
      navigator.sendBeacon(`${origin}${start}`, 'a=b');
      const source = new EventSource(`${origin}${follow}`, { withCredentials: true });
      got.push(
        await new Promise((resolve) => {
          source.addEventListener('message', ({ data }) => resolve(String(data)));
          source.addEventListener('error', () => resolve('nothing'));
        }),
      );
      source.close();
      return got;
    },
    [address, run, events] as const,
  );

for (const site of ['sameSite', 'otherSite'] as const) {
  test.describe(`a page of another origin (${site})`, () => {
    // These tests leave the course, and the browser reports what it refused.
    test.afterEach(({ trouble }) => void trouble.splice(0));

    test('reads nothing and starts nothing by its script', async ({
      page,
      course,
      address,
      stranger,
    }) => {
      await takeToken(page, course);
      await page.goto(stranger.origins[site]);
      const beacon = page.waitForEvent('requestfailed', (sent) => sent.resourceType() === 'ping');
      const got = await askAll(page, address);
      await beacon;
      expect(got).toEqual(Array(9).fill('nothing'));
      await expectNothingStarted(course);
      await page.goto(address);
      expect(await mayRun(page)).toBe(true);
    });

    test('starts nothing by a form', async ({ page, course, stranger }) => {
      await takeToken(page, course);
      await page.goto(stranger.origins[site]);
      const popup = page.waitForEvent('popup');
      const other = page.context().waitForEvent('response', (reply) => reply.url().endsWith(run));
      await page.getByRole('button', { name: 'Win another' }).click();
      expect((await other).status()).toBe(403);
      await (await popup).close();
      const sent = page.waitForResponse((reply) => reply.url().endsWith(run));
      await page.getByRole('button', { name: 'Win a prize' }).click();
      expect((await sent).status()).toBe(403);
      await expectNothingStarted(course);
    });

    test('leads nobody to the events', async ({ page, course, stranger }) => {
      await takeToken(page, course);
      await page.goto(stranger.origins[site]);
      const sent = page.waitForResponse((reply) => reply.url().endsWith(events));
      await page.getByRole('link', { name: 'Read this' }).click();
      expect((await sent).status()).toBe(403);
    });

    test('can’t show the course in a frame', async ({ page, course, stranger, trouble }) => {
      await takeToken(page, course);
      await page.goto(stranger.origins[site]);
      const frame = page.frames().find((one) => one.parentFrame())!;
      await expect.poll(() => frame.url()).toBe('chrome-error://chromewebdata/');
      await expect(frame.getByRole('heading', { level: 1 })).toHaveCount(0);
      expect(trouble.splice(0).join('\n')).toContain('frame-ancestors');
    });
  });
}

test('a name that was pointed at this machine gets nothing, and no cookie', async ({
  playwright,
  launchOptions,
  course,
}) => {
  const name = 'rebound.example';
  const browser = await playwright.chromium.launch({
    ...launchOptions,
    args: [...(launchOptions.args ?? []), `--host-resolver-rules=MAP ${name} 127.0.0.1`],
  });
  try {
    const page = await browser.newPage();
    await takeToken(page, course);
    const { host, pathname, search } = new URL(course.invitation);
    const origin = `http://${host.replace('127.0.0.1', name)}`;
    expect((await page.goto(`${origin}${pathname}${search}`))!.status()).toBe(421);
    expect(await page.context().cookies(origin)).toEqual([]);
    // The browser takes the page for one of that name, so its script may ask and read.
    const statuses = await page.evaluate(
      async ([start, follow]) =>
        Promise.all(
          [fetch(start, { method: 'POST' }), fetch(follow), fetch('/api/session'), fetch('/')].map(
            async (reply) => (await reply).status,
          ),
        ),
      [run, events] as const,
    );
    expect(statuses).toEqual([421, 421, 421, 421]);
  } finally {
    await browser.close();
  }
  await expectNothingStarted(course);
});
