import { expect, test } from './fixtures.ts';

test.use({ javaScriptEnabled: false });

for (const width of [1280, 320]) {
  test(`a term’s meaning shows on hover and on focus, in a window of ${width}`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.goto('/04-topics/learn/');
    for (const term of await page.locator('.term').all()) {
      const means = term.getByRole('tooltip');
      await expect(means).toBeHidden();
      await term.focus();
      await expect(means).toBeInViewport();
      await term.blur();
      await term.hover();
      await expect(means).toBeVisible();
      await page.mouse.move(0, 0);
      await expect(means).toBeHidden();
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(width);
  });
}

test('the glossary has each term in the order of the alphabet', async ({ page }) => {
  await page.goto('/glossary/#topic');
  const terms = await page.locator('dt').allTextContents();
  expect(terms.length).toBeGreaterThan(20);
  expect(terms).toEqual(terms.toSorted((a, b) => a.localeCompare(b)));
  await expect(page.locator('#topic')).toBeInViewport();
});
