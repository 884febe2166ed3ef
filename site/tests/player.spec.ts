import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const path = '/01-nine-hops/visualize/';
const player = (page: Page) => page.getByRole('form', { name: 'Hop player' });
const says = (page: Page) => player(page).getByRole('status');
const step = (page: Page) => player(page).getByRole('button', { name: 'Step' });
const drawing = (page: Page) => player(page).getByRole('img', { name: 'Nine hops' });
const box = (page: Page, id: string) => drawing(page).locator(`[data-component="${id}"]`);
const rows = (page: Page) => player(page).getByRole('listitem');
const guess = (page: Page, name: string) => player(page).getByRole('radio', { name, exact: true });
const follow = (page: Page, way: string) =>
  player(page).getByLabel('Follow').selectOption({ label: way });

/** What is lit in the drawing: the line, its number, the two boxes. */
async function expectLit(page: Page, edge: string, n: string | null, boxes: string[]) {
  const lit = drawing(page).locator('.lit');
  await expect(lit.and(page.locator('[data-edge]'))).toHaveAttribute('data-edge', edge);
  const numbers = lit.and(page.locator('[data-hop]'));
  await expect(numbers).toHaveText(n === null ? [] : [n]);
  const ids = await lit
    .and(page.locator('[data-component]'))
    .evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset['component']));
  expect(new Set(ids)).toEqual(new Set(boxes));
}

test('nothing is given away before a step: not in the list, not in the drawing', async ({
  page,
}) => {
  await page.goto(path);
  await expect(rows(page)).toHaveCount(8);
  await expect(rows(page).nth(3)).toHaveText(/4\s*step 4 of 8/);
  await expect(rows(page).getByText('Cache A').filter({ visible: true })).toHaveCount(0);
  await expect(drawing(page).locator('[data-hop]').filter({ visible: true })).toHaveCount(0);
});

test('by mouse: choose a box, step, see it beside the outcome; back and forward', async ({
  page,
}) => {
  await page.goto(path);
  await box(page, 'load-balancer').click();
  await expect(guess(page, 'Load Balancer')).toBeChecked();
  await step(page).click();
  await expect(says(page)).toContainText('Hop 1: User → Load Balancer, asks for a product');
  await expect(says(page)).toContainText('You chose Load Balancer: right.');
  await expectLit(page, 'user--load-balancer', '1', ['user', 'load-balancer']);
  await expect(rows(page).first()).toContainText('✓ You chose Load Balancer');

  await box(page, 'database-a').click();
  await step(page).click();
  await expect(says(page)).toContainText('You chose Database A: not this time.');
  await expect(rows(page).nth(1)).toContainText('✗ You chose Database A');
  await expect(player(page).getByText('1 of 2 predictions right')).toBeVisible();

  await player(page).getByRole('button', { name: 'Back' }).click();
  await expectLit(page, 'user--load-balancer', '1', ['user', 'load-balancer']);
  await expect(rows(page).nth(1), 'what was seen stays').toContainText('API Gateway');
  await box(page, 'api-gateway').click();
  await step(page).click();
  await expect(
    player(page).getByText('1 of 2 predictions right'),
    'seen is not predicted',
  ).toBeVisible();

  await player(page).getByRole('button', { name: 'Start again' }).click();
  await expect(rows(page).getByText('You chose')).toHaveCount(0);
  await expect(rows(page).getByText('API Gateway').filter({ visible: true })).toHaveCount(0);
  await expect(drawing(page).locator('.lit')).toHaveCount(0);
});

test('by keyboard alone: arrows choose, Enter steps, the end counts', async ({ page }) => {
  await page.goto(path);
  await player(page).getByLabel('Follow').focus();
  await page.keyboard.press('Tab');
  await expect(guess(page, 'User'), 'all names are one tab stop').toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(guess(page, 'Load Balancer')).toBeChecked();
  await page.keyboard.press('Enter');
  await expect(says(page)).toContainText('You chose Load Balancer: right.');
  await expect(guess(page, 'Load Balancer')).not.toBeChecked();

  const focused = () => step(page).evaluate((button) => button === document.activeElement);
  for (let tabs = 0; tabs < 3 && !(await focused()); tabs += 1) await page.keyboard.press('Tab');
  await expect(step(page)).toBeFocused();
  for (let i = 0; i < 7; i += 1) await page.keyboard.press('Enter');
  await expect(says(page)).toContainText('Hop 6, leg 3 of 3: Load Balancer → User');
  await expect(says(page)).toContainText('Hop 6 is done');
  await expect(says(page)).toContainText('That was the last hop. 1 of 1 predictions right.');
  await expect(step(page)).toHaveAttribute('aria-disabled', 'true');
  await expect(step(page), 'focus is not lost').toBeFocused();
  await page.keyboard.press('Enter');
  await expectLit(page, 'user--load-balancer', '6', ['user', 'load-balancer']);
});

test('the status is a polite live region that was there before', async ({ page }) => {
  await page.goto(path);
  await expect(says(page)).toContainText('Where does the first message go?');
  await step(page).click();
  const arrow = says(page).getByRole('img', { name: 'to' });
  await expect(arrow, 'an arrow is read as “to”').toHaveCount(1);
});

test('jump to any hop, by click and by arrow keys; what lies before is shown', async ({ page }) => {
  await page.goto(path);
  await rows(page).nth(4).click();
  await expect(says(page)).toContainText('Hop 5: Cache A → Service A');
  await expectLit(page, 'service-a--cache-a', '5', ['cache-a', 'service-a']);
  await expect(rows(page).nth(2)).toContainText('API Gateway → Service A');
  await expect(rows(page).nth(5)).not.toContainText('Service A → API Gateway', {
    useInnerText: true,
  });
  await expect(rows(page).nth(4).getByRole('radio')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(says(page)).toContainText('Hop 6, leg 1 of 3');
});

test('every hop of every way is lit, in the drawing and in the list', async ({ page }) => {
  await page.goto(path);
  const ways = await player(page).getByRole('option').allTextContents();
  expect(ways).toHaveLength(5);
  for (const way of ways) {
    await follow(page, way);
    for (const row of await rows(page).all()) {
      await step(page).click();
      const { edge, n, from, to } = await row.evaluate((li) =>
        Object.fromEntries(Object.entries(li.dataset)),
      );
      await expectLit(page, edge!, n ?? null, [from!, to!]);
      await expect(row.getByRole('radio')).toBeChecked();
    }
    await expect(says(page)).toContainText('That was the last hop');
  }
});

test('where two hops may come next, both are right, and it says so', async ({ page }) => {
  await page.goto(path);
  await follow(page, 'Place an order');
  for (let i = 0; i < 4; i += 1) await step(page).click();
  await box(page, 'event-bus').click();
  await step(page).click();
  await expect(says(page)).toContainText('Service B → Event Bus may come first');
  await expect(says(page)).toContainText('You chose Event Bus: right too, either may come first.');
  await expect(player(page).getByText('1 of 1 predictions right')).toBeVisible();
  await expect(says(page)).toContainText('Not numbered: Service B → API Gateway');
});

test('each way keeps its own place', async ({ page }) => {
  await page.goto(path);
  await step(page).click();
  await follow(page, 'Place an order');
  await expect(says(page)).toContainText('Where does the first message go?');
  await follow(page, 'Read a product: cache hit');
  await expect(says(page)).toContainText('Hop 1:');
});

test('a dot runs along the line, but not for who wants no motion', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.goto(path);
  const running = () => page.evaluate(() => document.getAnimations().length);
  await step(page).click();
  expect(await running()).toBeGreaterThan(0);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.reload();
  await step(page).click();
  await expect(says(page)).toContainText('Hop 1:');
  expect(await running()).toBe(0);
});

test.describe('by touch', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test('tap a box of the tall drawing, and step with the button that stays in view', async ({
    page,
  }) => {
    await page.goto(path);
    await drawing(page).evaluate((svg) => svg.scrollIntoView());
    await expect(step(page)).toBeInViewport({ ratio: 1 });
    await box(page, 'load-balancer').tap();
    await step(page).tap();
    await expect(says(page)).toContainText('You chose Load Balancer: right.');
    await expect(says(page)).toBeInViewport({ ratio: 1 });
    const { width, height } = (await drawing(page).boundingBox())!;
    expect(height).toBeGreaterThan(width);
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('no control shows, and all ways are there to read', async ({ page }) => {
    await page.goto(path);
    for (const role of ['button', 'radio', 'combobox'] as const) {
      await expect(player(page).getByRole(role)).toHaveCount(0);
    }
    const lists = player(page).getByRole('list');
    await expect(lists).toHaveCount(5);
    await expect(lists.nth(2).getByRole('listitem').nth(8)).toContainText('Event Bus → Service B');
    await expect(rows(page).getByText('hands the reply to the user').first()).toBeVisible();
    await expect(page.getByText(/^step \d/).filter({ visible: true })).toHaveCount(0);
    await expect(drawing(page).getByText('7', { exact: true })).toBeVisible();
  });
});

test('on paper all ways are there in full, whatever was stepped to', async ({ page }) => {
  await page.goto(path);
  await page.emulateMedia({ media: 'print' });
  await expect(player(page).getByRole('list')).toHaveCount(5);
  await expect(rows(page).getByText('hands the reply to the user').last()).toBeVisible();
  await expect(step(page)).toBeHidden();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in ${colorScheme} mode with everything used`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto(path);
    await box(page, 'load-balancer').click();
    await step(page).click();
    await box(page, 'database-b').click();
    await step(page).click();
    await box(page, 'service-a').click();
    await page.getByRole('checkbox', { name: /^5/ }).check();
    await page.getByRole('checkbox', { name: /^7/ }).check();
    await page.getByRole('checkbox', { name: /^Stop the Event Bus/ }).check();
    for (const group of await page.locator('.quiz fieldset').all()) {
      await group.getByRole('radio').first().check();
    }
    await page.getByRole('link', { name: /^Service C/ }).click();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`),
    ).toEqual([]);
  });
}
