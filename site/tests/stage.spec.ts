/** How the project page shows events and journals, whoever tells them: here no lab does. */
import type { Page } from '@playwright/test';
import nineHops from '../../labs/01-nine-hops/flow.ts';
import type { LiveEvent } from '../../labs/kit/live/events.ts';
import { traceRows } from '../../labs/kit/replay/rows.ts';
import { failedRead } from '../../labs/kit/replay/testing/made.ts';
import type { KeptJournal } from '../server/lab/kept-journals.ts';
import type { KeptRun, Played } from '../server/lab/replays.ts';
import { busWords } from '../src/lib/bus-words.ts';
import { expect, test } from './fixtures.ts';

const journal = (page: Page) => page.getByRole('list', { name: 'Hops, the newest last' });
const said = (page: Page) => page.locator('[data-said]');
const bus = (page: Page) =>
  page.locator('.bench [data-diagram] .for-wide [data-component="event-bus"]');

const read: readonly LiveEvent[] = [
  {
    is: 'run',
    run: 'r1',
    by: 'user',
    title: 'Read a product',
    flow: 'read-product',
    request: 'GET /products/p-lamp',
  },
  {
    is: 'hop',
    run: 'r1',
    by: 'user',
    hop: { at: 1, from: 'user', to: 'load-balancer', via: 'http', n: 1, text: 'GET' },
  },
  {
    is: 'verdict',
    run: 'r1',
    verdict: { verdict: 'passed', headline: 'complete', expected: '', observed: '', index: 1 },
  },
];

const kept: KeptJournal = { name: 'a.ndjson', startedAt: '2026-01-01T00:00:00Z', broker: 'aedes' };

/** Opens the project page, which hears these events and no more, and finds these journals. */
async function open(
  page: Page,
  events: readonly LiveEvent[],
  journals: readonly KeptJournal[] = [],
): Promise<void> {
  const told = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
  await page.route('**/api/session', (route) => route.fulfill({ json: { mayRun: true } }));
  await page.route('**/api/labs/*/replays', (route) => route.fulfill({ json: journals }));
  await page.route('**/api/labs/*/events', (route) =>
    route.fulfill({
      contentType: 'text/event-stream',
      body: `${told}event: end\ndata: elsewhere\n\n`,
    }),
  );
  await page.goto('/01-nine-hops/project/');
}

test('of a lab that has ended, what was is shown at once and not told as news', async ({
  page,
}) => {
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1_000);
  const ended: LiveEvent = { is: 'lab', state: 'ended' };
  await open(page, [{ is: 'begin' }, ended, { is: 'bus', up: false }, ...read, { is: 'live' }]);
  // No time passes here: what is paced would never come.
  await expect(said(page)).toContainText('✓ complete');
  await expect(journal(page).locator('.hop')).toHaveCount(1);
  await expect(bus(page)).toHaveClass(/down/);
  await expect(journal(page)).not.toContainText('The Event Bus is down');
});

test('what happens while hops are still being shown is told after them', async ({ page }) => {
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1_000);
  await open(page, [{ is: 'begin' }, { is: 'live' }, ...read, { is: 'bus', up: false }]);
  await expect(journal(page)).toContainText('The Event Bus is down');
  await page.clock.runFor(5_000);
  await expect(said(page)).toContainText('The Event Bus is down');
  await expect(bus(page)).toHaveClass(/down/);
});

for (const [name, does, event, words] of [
  ['Break the bus', 'break', undefined, ''],
  ['Let the standby serve', 'fail-over', { up: false }, 'The Event Bus is down'],
  ['Bring the first bus back', 'mend', { up: true, standby: true }, 'The standby serves.'],
  ['Break the bus', 'break', { up: true }, 'The first bus serves again.'],
] as const)
  test(`of two buses: ${words || 'all is well'}, and the button does ${does}`, async ({ page }) => {
    // No lab that the course has at this address has two.
    await page.route('**/01-nine-hops/project/', async (route) => {
      const reply = await route.fetch();
      const pair = JSON.stringify(busWords(true)).replaceAll('"', '&#34;');
      const body = (await reply.text()).replace(/data-bus="[^"]*"/, () => `data-bus="${pair}"`);
      return route.fulfill({ response: reply, body });
    });
    const events: LiveEvent[] = event ? [{ is: 'bus', ...event }] : [];
    await open(page, [{ is: 'begin' }, { is: 'live' }, ...events]);
    await expect(said(page)).toContainText(words);
    await expect(page.getByRole('button', { name, exact: true })).toHaveAttribute('data-do', does);
    await expect(bus(page)).toHaveClass(does === 'fail-over' ? /down/ : /^(?!.*down)/);
  });

test('a journal that can’t be judged is named, and its buttons do nothing', async ({
  page,
  trouble,
}) => {
  await page.route('**/api/labs/*/replays/*', (route) =>
    route.fulfill({ status: 409, json: { detail: 'recorded under other flows' } }),
  );
  await open(page, [{ is: 'begin' }, { is: 'live' }], [kept]);
  const replay = page.getByRole('region', { name: 'Replay' });
  await expect(replay.getByRole('status')).toHaveText('recorded under other flows');
  for (const name of ['Back', 'Step', 'Play'])
    await replay.getByRole('button', { name, exact: true }).click();
  await expect(replay.getByRole('button', { name: 'Play' })).toBeVisible();
  // The browser itself reports the 409; an error of the page’s would be here, too.
  expect(trouble.splice(0)).toEqual([expect.stringContaining('409')]);
});

test('after a hop that is missing, each row still lights its own hop', async ({ page }) => {
  const missing = { from: 'service-a', to: 'cache-a', via: 'http', text: 'GET' } as const;
  const trace = { ...failedRead, verdict: { ...failedRead.verdict!, missing } };
  const played: Played = {
    trace,
    rows: traceRows(nineHops, trace),
    sequence: { wide: '', narrow: '' },
  };
  const run: KeptRun = { run: trace.run, title: trace.title };
  await page.route('**/replays/a.ndjson', (route) => route.fulfill({ json: [run] }));
  await page.route(`**/replays/a.ndjson/${run.run}`, (route) => route.fulfill({ json: played }));
  await open(page, [{ is: 'begin' }, { is: 'live' }], [kept]);
  const now = page.locator('.replay .for-wide [data-edge].now');
  const rows = page.locator('.replay .steps button');
  await rows.nth(3).click();
  await expect(now).toHaveAttribute('data-edge', 'service-a--cache-a');
  await rows.nth(4).click();
  await expect(now).toHaveAttribute('data-edge', 'load-balancer--api-gateway');
});
