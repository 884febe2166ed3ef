import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { expect, test } from './fixtures.ts';
import type { Recorded } from '../../labs/kit/record/scenario.ts';

const path = '/01-nine-hops/learn/';
const recorded = JSON.parse(
  readFileSync(new URL('../../labs/01-nine-hops/recorded.json', import.meta.url), 'utf8'),
) as Recorded;

const question = (page: Page, name: RegExp) => page.getByRole('group', { name });
const stopped = (page: Page) => question(page, /What do they get\?/);
const drawing = (page: Page, name: string) => page.getByRole('img', { name }).first();
const errors = (page: Page) => page.getByText(/the user has an error, and no price/);

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('the outcome shows only once there is a prediction', async ({ page }) => {
      await page.goto(path);
      await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
      await expect(drawing(page, 'Read a product')).toBeHidden();
      await expect(errors(page)).toBeHidden();
      await stopped(page).getByRole('radio').first().check();
      await expect(drawing(page, 'Read a product')).toBeVisible();
      await expect(errors(page)).toBeVisible();
      // The other question still waits for its own.
      await expect(page.getByText('The reader waits')).toBeHidden();
    });

    test('every option has an answer of its own, one of them the right one', async ({ page }) => {
      await page.goto(path);
      const groups = await page.locator('.prediction fieldset').all();
      expect(groups).toHaveLength(2);
      for (const group of groups) {
        const answers = new Set<string>();
        const radios = await group.getByRole('radio').all();
        for (const radio of radios) {
          await radio.check();
          const verdict = group.locator('.verdict').filter({ visible: true });
          await expect(verdict).toHaveCount(1);
          answers.add((await verdict.innerText()).trim());
        }
        expect(answers.size).toBe(radios.length);
        expect([...answers].filter((answer) => answer.startsWith('✓'))).toHaveLength(1);
      }
    });
  });
}

test('by keyboard only: predict, read what happened, change one’s mind', async ({ page }) => {
  await page.goto(path);
  const group = stopped(page);
  await group.getByRole('radio').first().focus();
  await page.keyboard.press('Space');
  await expect(group.getByText('✗ Not quite.').filter({ visible: true })).toHaveCount(1);
  await expect(errors(page)).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(group.getByText('✓ Right.').filter({ visible: true })).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(path);
});

test('the drawings are told in words, and those of one fault share their clock', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(path);
  await stopped(page).getByRole('radio').last().check();
  const [read, order] = [drawing(page, 'Read a product'), drawing(page, 'Place an order')];
  await expect(read).toHaveAccessibleDescription(/API Gateway to User, ✗ an error\./);
  await expect(order).toHaveAccessibleDescription(/Event Bus to Service C, delivers\./);
  const [a, b] = [(await read.boundingBox())!, (await order.boundingBox())!];
  expect([a.y, a.height]).toEqual([b.y, b.height]);
  expect(b.x).toBeGreaterThan(a.x + a.width);
});

test('the figures are those that were recorded', async ({ page }) => {
  await page.goto(path);
  const all = Object.values(recorded.scenarios).flatMap(({ figures }) => Object.values(figures));
  const shown = await page
    .locator('data.figure')
    .evaluateAll((data) =>
      data.map((d) => [(d as HTMLDataElement).value, d.textContent, d.getAttribute('title')]),
    );
  expect(shown.length).toBeGreaterThanOrEqual(9);
  for (const [value = '', text = '', title] of shown) {
    const figure = all.find(({ median }) => median === Number(value));
    expect(figure, `${text} is recorded`).toBeDefined();
    const ms = text!.endsWith(' ms') ? Number.parseFloat(text!) : Number.parseFloat(text!) * 1000;
    expect(Math.abs(ms - figure!.median)).toBeLessThanOrEqual(text!.endsWith(' ms') ? 0.5 : 5);
    expect(title).toContain(`in ${recorded.runs} runs`);
  }
  await expect(page.getByText(`median of ${recorded.runs} runs`)).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`axe finds nothing, in ${colorScheme} mode`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(path);
    for (const group of await page.locator('.prediction fieldset').all())
      await group.getByRole('radio').first().check();
    const { violations, passes } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    expect(passes.length).toBeGreaterThan(10);
  });

test('on paper everything is open', async ({ page }) => {
  await page.goto(path);
  await page.emulateMedia({ media: 'print' });
  await expect(drawing(page, 'Read a product')).toBeVisible();
  await expect(errors(page)).toBeVisible();
});
