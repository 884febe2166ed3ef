import { expect, test } from './fixtures.ts';

const path = '/04-topics/review/';

test('by keyboard only: a card is turned, and what was known is remembered', async ({ page }) => {
  await page.goto(path);
  await expect(page.getByText('0 of 12 known')).toBeVisible();
  const card = page.locator('[data-card="topic"]');
  await card.locator('summary').focus();
  await page.keyboard.press('Enter');
  await expect(card.getByText('The name under which events are published.')).toBeVisible();
  await card.getByRole('button', { name: 'Knew it' }).focus();
  await page.keyboard.press('Enter');
  await expect(card.locator('summary')).toBeFocused();
  await expect(card).toContainText('✓ known');
  await page.reload();
  await expect(page.getByText('1 of 12 known')).toBeVisible();
  await card.locator('summary').click();
  await card.getByRole('button', { name: 'Not yet' }).click();
  await expect(page.getByText('0 of 12 known')).toBeVisible();
});

test('missed questions come back with what was said, and only those', async ({ page }) => {
  await page.goto(path);
  await expect(page.getByText('You have answered none')).toBeVisible();
  await page.evaluate(() =>
    localStorage.setItem(
      'nine-hops',
      JSON.stringify({
        v: 1,
        seen: {},
        answers: {
          '04-topics/push-twice': 'refuse',
          '04-topics/poison': 'stuck',
          '04-topics/a-fourth-listener': 'gone',
          '01-nine-hops/push-twice': 'refuse',
        },
      }),
    ),
  );
  await page.reload();
  const missed = page.locator('[data-question]').filter({ visible: true });
  await expect(missed).toHaveCount(2);
  const push = page.locator('[data-question="push-twice"]');
  await push.locator('summary').click();
  await expect(push.getByText('✗ You said: Refuse it with an error')).toBeVisible();
  await expect(push.getByText('The idea behind it').filter({ visible: true })).toHaveCount(1);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('all cards and all questions can be read, and no button does nothing', async ({ page }) => {
    await page.goto(path);
    await expect(page.locator('[data-card]')).toHaveCount(12);
    await expect(page.locator('[data-question]').filter({ visible: true })).toHaveCount(8);
    await expect(page.locator('main').getByRole('button')).toHaveCount(0);
  });
});
