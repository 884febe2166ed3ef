import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const picture = (page: Page, title: string) => page.locator('figure').filter({ hasText: title });

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('one order is told in both styles, and by keyboard with Analytics down', async ({
      page,
    }) => {
      await page.goto('/');
      const [ask, tell] = [picture(page, 'Ask and wait'), picture(page, 'Tell and go on')];
      for (const told of [ask, tell]) {
        await expect(told.getByRole('img')).toHaveCount(1);
        await expect(told.getByText('Costs')).toBeVisible();
        await expect(told.getByText('Customer', { exact: true }).last()).toBeHidden();
      }
      await page.getByRole('radio', { name: 'All is well' }).focus();
      await page.keyboard.press('ArrowRight');
      await expect(page.getByRole('radio', { name: 'Analytics is down' })).toBeChecked();
      for (const told of [ask, tell]) {
        await expect(told.getByRole('img', { name: /Analytics is down/ })).toHaveCount(1);
        await expect(told.getByText('Costs')).toBeHidden();
      }
      await expect(ask.getByText('reads of an error').filter({ visible: true })).toHaveCount(1);
      await expect(tell.getByText('Notices nothing.')).toBeVisible();
      await expect(tell.getByText('hears of it late')).toBeVisible();
    });
  });
}

test('the style that asks is round, the one that tells is square', async ({ page }) => {
  await page.goto('/');
  await expect(picture(page, 'Tell and go on')).toHaveCSS('border-radius', '0px');
  await expect(picture(page, 'Ask and wait')).not.toHaveCSS('border-radius', '0px');
});
