import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const path = '/04-topics/challenge/';
const judge = (page: Page) => page.getByLabel('Judge all five');
const verdicts = (page: Page) => page.locator('.verdict').filter({ visible: true });
const badge = (page: Page) => page.getByText('This badge is yours');

async function answer(page: Page, right: number): Promise<void> {
  for (const [i, question] of (await page.locator('.challenge fieldset').all()).entries()) {
    const option = i < right ? '.option.right' : '.option:not(.right)';
    await question.locator(option).first().getByRole('radio').check();
  }
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('verdicts wait until all five are judged, and the badge is for five', async ({ page }) => {
      await page.goto(path);
      await answer(page, 4);
      await expect(verdicts(page)).toHaveCount(0);
      await judge(page).check();
      await expect(verdicts(page)).toHaveCount(5);
      await expect(badge(page)).toBeHidden();
      await page.getByRole('button', { name: 'Start again' }).click();
      await expect(verdicts(page)).toHaveCount(0);
      await answer(page, 5);
      await judge(page).check();
      await expect(badge(page)).toBeVisible();
    });
  });
}

test('it is not judged before each problem has an answer, nor changed afterwards', async ({
  page,
}) => {
  await page.goto(path);
  await judge(page).click();
  await expect(judge(page)).not.toBeChecked();
  await answer(page, 5);
  await judge(page).check();
  for (const radio of await page.getByRole('radio').all()) await expect(radio).toBeDisabled();
  await page.reload();
  await expect(badge(page)).toBeVisible();
});

test('the clock begins with the first answer, ends with the verdict, and can be off', async ({
  page,
}) => {
  await page.clock.install();
  await page.goto(path);
  const time = page.locator('.clock output');
  await page.clock.runFor(5_000);
  await expect(time).toHaveText('0:00');
  await answer(page, 5);
  await page.clock.runFor(65_000);
  await expect(time).toHaveText('1:05');
  await judge(page).check();
  await page.clock.runFor(5_000);
  await expect(time).toHaveText('1:05');
  await page.getByLabel('Clock').uncheck();
  await expect(time).toHaveText('');
  await page.reload();
  await expect(page.getByLabel('Clock')).not.toBeChecked();
  await page.getByRole('button', { name: 'Start again' }).click();
  await expect(judge(page)).not.toBeChecked();
  await expect(page.getByLabel('Clock')).not.toBeChecked();
  await expect(time).toHaveText('');
});
