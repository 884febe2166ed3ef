import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const path = '/01-nine-hops/visualize/';
const quiz = (page: Page) => page.locator('.quiz');
const first = (page: Page) =>
  page.getByRole('group', { name: 'Which component carries the synchronous communication?' });

test('nothing is given away before an answer', async ({ page }) => {
  await page.goto(path);
  await expect(page.locator('.quiz fieldset')).toHaveCount(3);
  await expect(quiz(page).getByRole('radio', { checked: true })).toHaveCount(0);
  await expect(page.getByText('✓ Right.').filter({ visible: true })).toHaveCount(0);
  await expect(page.getByText('✗ Not quite.').filter({ visible: true })).toHaveCount(0);
});

test('by keyboard only: choose, read why, change, clear', async ({ page }) => {
  await page.goto(path);
  const group = first(page);
  await group.getByRole('radio').first().focus();
  await page.keyboard.press('Space');
  await expect(group.getByText('✗ Not quite.').filter({ visible: true })).toHaveCount(1);
  await expect(group.getByText('The idea behind it').filter({ visible: true })).toHaveCount(1);

  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(group.getByRole('radio', { name: 'Service A' })).toBeChecked();
  await expect(group.getByText('✓ Right.').filter({ visible: true })).toHaveCount(1);
  await expect(group.getByText('✗ Not quite.').filter({ visible: true })).toHaveCount(0);

  await page.getByRole('button', { name: 'Clear the answers' }).focus();
  await page.keyboard.press('Enter');
  await expect(quiz(page).getByRole('radio', { checked: true })).toHaveCount(0);
  await expect(group.getByText('✓ Right.').filter({ visible: true })).toHaveCount(0);
});

test('Enter in an answer sends nothing anywhere', async ({ page }) => {
  await page.goto(path);
  await first(page).getByRole('radio').first().focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(path);
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('every option has its verdict and its own explanation', async ({ page }) => {
      await page.goto(path);
      const shown = new Set<string>();
      for (const group of await page.locator('.quiz fieldset').all()) {
        for (const radio of await group.getByRole('radio').all()) {
          await radio.check();
          const verdict = group.locator('.verdict').filter({ visible: true });
          await expect(verdict).toHaveCount(1);
          shown.add((await verdict.innerText()).replace(/^[✓✗].*?\. /, ''));
        }
      }
      expect(shown.size).toBe(12);
    });

    test('the explanation comes right after its option in the order of reading', async ({
      page,
    }) => {
      await page.goto(path);
      const radio = first(page).getByRole('radio', { name: 'Cache B' });
      await radio.check();
      const next = radio.locator('xpath=ancestor::label/following-sibling::*[1]');
      await expect(next).toContainText('Not quite');
      await expect(next).toHaveAttribute('aria-live', 'polite');
    });
  });
}

const key = 'nine-hops';
const stored = (page: Page) =>
  page.evaluate((name) => JSON.parse(localStorage.getItem(name) ?? '{}').answers, key);

test('answers are remembered on the device, changed ones too, until they are cleared', async ({
  page,
}) => {
  await page.goto(path);
  await first(page).getByRole('radio', { name: 'Cache B' }).check();
  await first(page).getByRole('radio', { name: 'Service A' }).check();
  await page.getByRole('radio', { name: 'The broker has taken the event over.' }).check();
  expect(await stored(page)).toEqual({
    '01-nine-hops/synchronous-carrier': 'service-a',
    '01-nine-hops/after-the-puback': 'taken-over',
  });

  await page.reload();
  await expect(quiz(page).getByRole('radio', { checked: true })).toHaveCount(2);
  await expect(first(page).getByRole('radio', { name: 'Service A' })).toBeChecked();
  await expect(first(page).getByText('✓ Right.').filter({ visible: true })).toHaveCount(1);

  await page.getByRole('button', { name: 'Clear the answers' }).click();
  expect(await stored(page)).toEqual({});
  await page.reload();
  await expect(quiz(page).getByRole('radio', { checked: true })).toHaveCount(0);
});

test('an answer that is no option any more does no harm, and others are left alone', async ({
  page,
}) => {
  const answers = {
    '01-nine-hops/synchronous-carrier': 'gone',
    '01-nine-hops/after-the-puback': 'on-disk',
    '02-later/other': 'x',
  };
  await page.goto('/');
  await page.evaluate(
    ([name, text]) => localStorage.setItem(name!, text!),
    [key, JSON.stringify({ v: 1, seen: {}, answers })],
  );
  await page.goto(path);
  await expect(quiz(page).getByRole('radio', { checked: true })).toHaveCount(1);
  await page.getByRole('button', { name: 'Clear the answers' }).click();
  expect(await stored(page)).toEqual({ '02-later/other': 'x' });
});

test('a storage that refuses does no harm: the quiz goes on', async ({ page }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await page.goto(path);
  await first(page).getByRole('radio', { name: 'Service A' }).check();
  await expect(first(page).getByText('✓ Right.').filter({ visible: true })).toHaveCount(1);
});

test('a question is read with its number and its text apart', async ({ page }) => {
  await page.goto(path);
  await expect(
    page.getByRole('group', {
      name: 'Question 1 of 3: Which component carries the synchronous communication?',
      exact: true,
    }),
  ).toHaveCount(1);
});
