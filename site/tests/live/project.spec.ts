/** A learner's way through the project page: run, act, break, edit, grade, replay. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { Course } from '../../server/testing/course.ts';
import { expect, test } from '../fixtures.ts';

const slug = '01-nine-hops';
const path = `/${slug}/project/`;

/** Opens the printed address, as a learner does first, then the page. */
async function open(page: Page, course: Course): Promise<void> {
  await page.goto(course.invitation);
  await page.goto(path);
}
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const status = (page: Page) => page.locator('[data-status]');
const said = (page: Page) => page.locator('[data-said]');
const journal = (page: Page) => page.getByRole('list', { name: 'Hops, the newest last' });
const live = (page: Page) => page.locator('.bench [data-diagram] .for-wide');

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

test.describe('with the lab', () => {
  test.describe.configure({ mode: 'serial', timeout: 90_000 });
  let page: Page;
  test.beforeAll(async ({ browser, course }) => {
    const context = await browser.newContext({
      baseURL: course.address,
      viewport: { width: 1280, height: 900 },
    });
    page = await context.newPage();
    await open(page, course);
  });
  test.afterAll(async () => page.context().close());

  test('the finished lab shows how all of it works, and grades nothing', async () => {
    await button(page, 'Run the finished lab').click();
    await expect(status(page)).toContainText('The finished lab, not yours. Runs on the broker');
    await expect(button(page, 'Grade')).toBeDisabled();
    await button(page, 'Place an order').click();
    await expect(said(page)).toContainText('✓ Place an order: complete, in order and in time');
    await expect(live(page).locator('[data-hop="9"]')).toHaveClass(/on/);
    await button(page, 'Stop').click();
    await expect(status(page)).toContainText('The lab does not run');
  });

  test('Run starts it; a hop that the starter leaves out is marked, expected beside observed', async () => {
    await expect(status(page)).toContainText('The lab does not run');
    await expect(button(page, 'Read a product')).toBeDisabled();
    await button(page, 'Run').click();
    await expect(status(page)).toContainText('Runs on the broker aedes');
    await expect(button(page, 'Run')).toBeDisabled();

    await button(page, 'Read a product').click();
    await expect(said(page)).toContainText('Hop 4 is missing: Service A → Cache A, GET');
    await expect(said(page).getByRole('definition').first()).toContainText('hop 4');
    await expect(said(page).getByRole('definition').nth(1)).toContainText('Database A');
    await expect(live(page).locator('[data-edge="service-a--cache-a"]')).toHaveClass(/bad/);
    await expect(live(page).locator('[data-edge="user--load-balancer"]')).toHaveClass(/on/);
    await expect(live(page).locator('[data-component="service-c"]')).not.toHaveClass(/on/);
    await expect(journal(page).locator('.hop')).toHaveCount(7);
    await expect(journal(page).locator('.hop.bad')).toContainText('Database A');
    await expect(journal(page)).toContainText('reply 200 {"id":"p-lamp"');
    expect(await violations(page)).toEqual([]);
  });

  test('a save in the editor restarts the service and runs its checks', async ({ course }) => {
    await course.put(slug, 'service-a.ts', 'solution');
    const first = page.locator('[data-check="fills-the-cache"]');
    await expect(first).toHaveAttribute('data-outcome', 'pass');
    const output = page.getByRole('list', { name: 'Output, the newest last' });
    await expect(output).toContainText('saved: service-a.ts');
    await expect(output).toContainText(/service-a restarted in \d+ ms/);
    await expect(status(page)).toContainText('of 11 checks pass');
  });

  test('the bus breaks: the user hears 202 all the same, hop 7 comes late', async ({ course }) => {
    await course.put(slug, 'service-b.ts', 'solution');
    await course.put(slug, 'service-c.ts', 'solution');
    await expect(status(page)).toContainText('11 of 11 checks pass');
    await button(page, 'Break the bus').click();
    await expect(said(page)).toContainText('The Event Bus is down');
    await expect(live(page).locator('[data-component="event-bus"]')).toHaveClass(/down/);
    await button(page, 'Place an order').click();
    await expect(journal(page)).toContainText('reply 202');
    await expect(said(page)).toContainText('waits: hop 7 has not come: the bus is down');
    await button(page, 'Mend the bus').click();
    // Late or lost: which of the two is the machine's to decide, and both are told.
    await expect(said(page)).toContainText(/late: Place an order|lost: /, { timeout: 30_000 });
    await expect(live(page).locator('[data-component="event-bus"]')).not.toHaveClass(/down/);
  });

  test('Grade runs all checks and says so', async () => {
    await button(page, 'Grade').click();
    await expect(status(page)).toHaveText('16 of 16 checks pass, 100 of 100 points', {
      timeout: 60_000,
    });
    await expect(page.locator('[data-outcome="pass"]')).toHaveCount(16);
    await expect(said(page)).toContainText('✓ 16 of 16 checks pass');
    expect(await violations(page)).toEqual([]);
  });

  test('one that fails is opened, with what was seen and its hints', async ({ course }) => {
    await course.put(slug, 'service-c.ts', 'starter');
    await expect(status(page)).toContainText('of 11 checks pass', { timeout: 30_000 });
    await page.getByRole('link', { name: 'Show the first that does not pass' }).click();
    const check = page.locator('[data-outcome="fail"]').first();
    await expect(check).toBeInViewport();
    await expect(check.getByRole('term').filter({ hasText: 'expected' })).toBeVisible();
    await expect(check.getByRole('term').filter({ hasText: 'see it again' })).toBeVisible();
    const hint = check.getByText('Hint 3: nearly the code');
    await hint.click();
    await expect(check.locator('.hint[open] p')).toBeVisible();
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
  });

  test('reloaded, the page knows what runs and what was found', async () => {
    await page.reload();
    await expect(status(page)).toContainText(/Runs on the broker|of 11 checks pass/);
    await expect(page.locator('[data-outcome="fail"]').first()).toBeVisible();
    await expect(journal(page)).toContainText('reply 200 {"id":"p-lamp"');
  });

  test('replay: the learner’s last run first; it stops where a run left its flow', async () => {
    const player = page.getByRole('region', { name: 'Replay' });
    await expect(player.getByLabel('Run').locator('option').first()).toContainText(
      'Place an order',
    );
    const wrong = player
      .getByLabel('Run')
      .locator('option', { hasText: '✗ Read a product, yours' });
    await player.getByLabel('Run').selectOption(await wrong.first().getAttribute('value'));
    await expect(player.getByRole('status')).toContainText('Read a product: 8 steps');
    await button(page, 'Play').click();
    await expect(player.getByRole('status')).toContainText('Hop 4 is missing', { timeout: 15_000 });
    await expect(button(page, 'Play')).toBeVisible();
    const diagram = player.locator('[data-diagram] .for-wide');
    await expect(diagram.locator('[data-edge="service-a--cache-a"]')).toHaveClass(/bad/);
    await expect(diagram.locator('[data-component="database-a"]')).not.toHaveClass(/on/);
    await expect(player.locator('[aria-current="step"]')).toContainText('missing');
    await expect(player.getByRole('img', { name: /Read a product/ }).first()).toBeVisible();
    await player.locator('.steps button').nth(1).click();
    await expect(player.getByRole('status')).toContainText('2 of 8 · hop 2');
    await button(page, 'Back').click();
    await expect(player.getByRole('status')).toContainText('1 of 8 · hop 1');
    // The names of runs are long: a list of them must not push a phone's page wide.
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.setViewportSize({ width: 1280, height: 900 });
    expect(await violations(page)).toEqual([]);
  });

  test('by keyboard alone: stop, run, act, step', async () => {
    const press = async (name: string): Promise<void> => {
      await button(page, name).focus();
      await page.keyboard.press('Enter');
    };
    await press('Stop');
    await expect(status(page)).toContainText('The lab does not run');
    await press('Run');
    await expect(status(page)).toContainText('Runs on the broker');
    // From the button that was pressed, Tab leads to what can be done next.
    await button(page, 'Stop').focus();
    for (const name of ['Grade', 'Read a product']) {
      await page.keyboard.press('Tab');
      await expect(button(page, name)).toBeFocused();
    }
    await page.keyboard.press('Space');
    await expect(said(page)).toContainText('✓ Read a product: complete, in order and in time');
    await page.getByRole('list', { name: 'Hops, the newest last' }).focus();
    await press('Read the journals again');
    await expect(page.getByLabel('Run').locator('option').first()).toContainText(
      '✓ Read a product',
    );
    const replay = page.getByRole('region', { name: 'Replay' });
    await expect(replay).not.toHaveAttribute('aria-busy');
    await press('Step');
    await expect(replay.getByRole('status')).toContainText('1 of');
  });
});

test('without the token the page reads, and Run says how to get it', async ({ page }) => {
  await page.goto(path);
  await expect(page.getByText('This browser may not run labs yet.')).toBeVisible();
  await expect(page.getByText('open the whole address that it printed')).toBeVisible();
  await expect(button(page, 'Run')).toBeHidden();
  await expect(page.getByRole('heading', { name: /^Task 1/ })).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test('as files on some server, it says how to run the lab on one’s own machine', async ({
  page,
  trouble,
}) => {
  await page.route('**/api/**', (route) => route.fulfill({ status: 404, body: 'Not found' }));
  await page.goto(path);
  await expect(page.getByText('This page can run the lab, if your own machine')).toBeVisible();
  await expect(page.getByText('npm run lab 01').first()).toBeVisible();
  // The browser reports the 404s that stand for a server of files.
  expect(trouble.splice(0).every((line) => line.includes('404'))).toBe(true);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('tasks, files, checks and hints can be read', async ({ page }) => {
    await page.goto(path);
    await expect(page.getByText('labs/01-nine-hops/src/service-a.ts')).toBeVisible();
    await expect(page.locator('[data-check]')).toHaveCount(16);
    await page.locator('[data-check] summary').first().click();
    await page.getByText('Hint 1: the idea').first().click();
    await expect(page.locator('.hint[open] p').first()).toBeVisible();
    await expect(page.getByText('This page can run the lab, if your own machine')).toBeVisible();
  });
});

test('the course server goes: the page says so, and comes back with it', async ({ browser }) => {
  const { startCourse } = await import('../../server/testing/course.ts');
  const course = await startCourse();
  const page = await browser.newPage({ baseURL: course.address });
  await open(page, course);
  await expect(status(page)).toContainText('The lab does not run');
  await course.stop();
  await expect(status(page)).toContainText('The course server does not answer');
  await page.close();
});
