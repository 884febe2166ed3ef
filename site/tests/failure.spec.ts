import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const path = '/01-nine-hops/visualize/';
const failure = (page: Page) => page.getByRole('form', { name: 'When the Event Bus fails' });
const hop = (page: Page, n: number) =>
  failure(page).getByRole('checkbox', { name: new RegExp(`^${n} `) });
const stop = (page: Page) => failure(page).getByRole('checkbox', { name: /^Stop the Event Bus/ });
const row = (page: Page, n: number) =>
  failure(page)
    .getByRole('listitem')
    .nth(n - 1);
const told = (page: Page, text: RegExp) => failure(page).getByText(text).filter({ visible: true });
const drawing = (page: Page) => failure(page).getByRole('img', { name: 'Nine hops' });

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('nothing is given away before the bus is stopped', async ({ page }) => {
      await page.goto(path);
      await hop(page, 7).check();
      await expect(told(page, /✓|✗|waits at|Lost/)).toHaveCount(0);
      await expect(drawing(page).locator('.pile:visible')).toHaveCount(0);
    });

    test('predict, stop the bus, compare: each hop, the count, late and lost', async ({ page }) => {
      await page.goto(path);
      for (const n of [6, 7, 8]) await hop(page, n).check();
      await stop(page).check();
      await expect(row(page, 6)).toContainText('✗ works, and you ticked it', {
        useInnerText: true,
      });
      await expect(row(page, 9)).toContainText('✗ stops, and you left it', { useInnerText: true });
      for (const n of [1, 2, 3, 4, 5]) {
        await expect(row(page, n)).toContainText('✓ works, as you said', { useInnerText: true });
      }
      for (const n of [7, 8]) {
        await expect(row(page, n)).toContainText('✓ stops, as you said', { useInnerText: true });
      }
      await expect(told(page, /✓|✗/)).toHaveCount(9);
      await expect(told(page, /Hops 7 to 9 stop\. Hops 1 to 6 still happen/)).toHaveCount(1);
      const late = failure(page).getByRole('heading', { name: 'Late: waits at Service B' });
      await expect(late).toBeVisible();
      const lost = failure(page).getByRole('heading', {
        name: 'Lost unless kept: in the Event Bus',
      });
      await expect(lost).toBeVisible();
      await expect(told(page, /^Read a product: from start to end$/)).toHaveCount(1);
      await expect(told(page, /^Place an order: 7 of its 12 hops$/)).toHaveCount(1);

      await stop(page).uncheck();
      await expect(told(page, /✓|✗|waits at|Lost/)).toHaveCount(0);
    });

    test('the drawing shows what is down, what stops, and where events wait', async ({ page }) => {
      await page.goto(path);
      const dash = (part: string) =>
        drawing(page)
          .locator(part)
          .first()
          .evaluate((line) => getComputedStyle(line).strokeDasharray);
      const cut = '[data-edge="service-c--database-c"] > path';
      expect(await dash(cut)).toBe('none');
      await stop(page).check();
      expect(await dash(cut)).not.toBe('none');
      expect(await dash('[data-edge="user--load-balancer"] > path')).toBe('none');
      expect(await dash('[data-component="event-bus"] > g > path')).not.toBe('none');
      expect(await dash('[data-component="service-c"] > g > path')).toBe('none');
      for (const [id, pile] of [
        ['service-b', 'queued'],
        ['event-bus', 'lost'],
      ]) {
        await expect(drawing(page).locator(`[data-component="${id}"] .pile.${pile}`)).toBeVisible();
      }
      await expect(drawing(page).locator('.pile')).toHaveCount(2);
    });
  });
}

test('what was not ticked counts as predicted to work', async ({ page }) => {
  await page.goto(path);
  await stop(page).check();
  await expect(told(page, /as you said/)).toHaveCount(6);
  for (const n of [7, 8, 9]) await hop(page, n).check();
  await expect(told(page, /as you said/)).toHaveCount(9);
  await expect(told(page, /, and you/)).toHaveCount(0);
});

test('by keyboard alone: Tab and Space', async ({ page }) => {
  await page.goto(path);
  await hop(page, 1).focus();
  for (let i = 0; i < 6; i += 1) await page.keyboard.press('Tab');
  for (const n of [7, 8, 9]) {
    await expect(hop(page, n)).toBeFocused();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
  }
  await expect(stop(page)).toBeFocused();
  await page.keyboard.press('Space');
  await expect(told(page, /as you said/)).toHaveCount(9);
});

test('the outcome stands in a polite live region that was there before', async ({ page }) => {
  await page.goto(path);
  await stop(page).check();
  const region = failure(page).locator('[aria-live="polite"]');
  await expect(region).toContainText('Hops 7 to 9 stop');
});

test('the ways out are named once each: persist, replicate, retry', async ({ page }) => {
  await page.goto(path);
  for (const name of ['Persist the queue', 'Replicate it', 'Let producers retry']) {
    await expect(page.getByText(name)).toHaveCount(1);
  }
});
