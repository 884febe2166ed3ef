import { budgetOf } from './budgets.ts';
import { expect, lessons, pages, samplePages, test } from './fixtures.ts';
import { usePage } from './use-page.ts';
import { iconOf, watchLoading } from './weigh.ts';

/** What asks a browser to load or to connect ahead of a click. */
const ahead = ['prefetch', 'prerender', 'modulepreload', 'preconnect', 'dns-prefetch'];

for (const path of pages) {
  test.describe(path, () => {
    const budget = budgetOf(path);

    test('a first visit keeps its budget, and using the page loads no more', async ({ page }) => {
      // Every answer and every step of a long page, one after the other.
      test.setTimeout(90_000);
      const weigh = watchLoading(page);
      await page.goto(path);
      const { requests, bytes, scripts } = await weigh();
      expect(bytes).toBeGreaterThan(1000);
      expect.soft(bytes, 'bytes').toBeLessThanOrEqual(budget.bytes);
      expect.soft(scripts, 'bytes of JavaScript').toBeLessThanOrEqual(budget.scripts);
      if (budget.requests !== undefined)
        expect.soft(requests.length, 'requests').toBeLessThanOrEqual(budget.requests);

      const used = await usePage(page);
      if (lessons.includes(path.slice(1, -1))) expect(used).toBeGreaterThan(0);
      // What a button asks the course server for is no part of the page.
      const files = (urls: readonly string[]): string[] =>
        urls.filter((url) => !new URL(url).pathname.startsWith('/api/'));
      const after = await weigh();
      expect(files(after.requests)).toEqual(files(requests));
      expect(after.scripts).toBe(scripts);
    });
  });
}

for (const path of samplePages) {
  test(`${path} loads nothing ahead: not by itself, not by pointing at a link`, async ({
    page,
  }) => {
    // Loading ahead mostly waits a moment first; with this clock a moment takes no time.
    test.setTimeout(90_000);
    await page.clock.install();
    const asked: string[] = [];
    const reply = await page.goto(path);
    expect(reply!.headers()).not.toHaveProperty('speculation-rules');
    for (const rel of ahead) await expect(page.locator(`link[rel~="${rel}"]`)).toHaveCount(0);
    await expect(page.locator('script[type="speculationrules"]')).toHaveCount(0);

    const icon = await iconOf(page);
    page.on('request', (request) => {
      if (request.url() !== icon) asked.push(request.url());
    });
    for (const link of await page.locator('a[href]:not(.skip)').all()) {
      if (!(await link.isVisible())) continue;
      await link.focus();
      await link.hover({ force: true });
      await page.clock.runFor(1000);
    }
    expect(asked).toEqual([]);
  });
}
