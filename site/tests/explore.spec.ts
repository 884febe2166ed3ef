import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const path = '/01-nine-hops/visualize/';
const explored = (page: Page): Locator => page.locator('.explore');
const litEdges = (page: Page) =>
  explored(page)
    .locator('svg:visible [data-edge].lit')
    .evaluateAll((all) => all.map((edge) => (edge as HTMLElement).dataset['edge']!).join(' '));

test('a focused or hovered box, or entry, lights its lines and its hops', async ({ page }) => {
  await page.goto(path);
  const cache = page.getByRole('link', { name: /^Event Bus/ });
  await cache.focus();
  const edges = 'service-b--event-bus event-bus--service-c';
  expect(await litEdges(page)).toBe(edges);
  await expect(page.locator('#component-event-bus')).toHaveClass('lit');

  await page.locator('#component-database-b').hover();
  await expect.poll(() => litEdges(page)).toBe('service-b--database-b');
  await page.locator('#component-event-bus').hover();
  await expect.poll(() => litEdges(page)).toBe(edges);
});

test('every box is a link that the keyboard reaches, with type, role and hops behind it', async ({
  page,
}) => {
  await page.goto(path);
  const links = explored(page).getByRole('link');
  await expect(links).toHaveCount(12);
  for (const link of await links.all()) {
    await link.focus();
    await expect(link).toBeFocused();
    const id = (await link.getAttribute('href'))!;
    await expect(page.locator(id)).toContainText(
      /(client|balancer|gateway|service|database|cache|queue) · /i,
    );
  }
});

const shadow = (element: Element): string => getComputedStyle(element).boxShadow;

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a box leads to its entry, which is marked', async ({ page }) => {
    await page.goto(path);
    await page.getByRole('link', { name: /^Cache A: makes Service A/ }).click();
    await expect(page).toHaveURL(/#component-cache-a$/);
    const entry = page.locator('#component-cache-a');
    await expect(entry).toBeInViewport();
    await expect(entry).toContainText('cache · hops');
    const other = await page.locator('#component-cache-b').evaluate(shadow);
    expect(await entry.evaluate(shadow)).not.toBe(other);
  });
});
