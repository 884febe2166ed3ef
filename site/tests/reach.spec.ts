import type { Page } from '@playwright/test';
import { expect, pages, samplePages, test } from './fixtures.ts';

/** Text that is too faint: each element's own text against the nearest background behind it. */
const faintText = (page: Page) =>
  page.evaluate(() => {
    const context = document
      .createElement('canvas')
      .getContext('2d', { willReadFrequently: true })!;
    const rgba = (color: string): number[] => {
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = color;
      context.fillRect(0, 0, 1, 1);
      return [...context.getImageData(0, 0, 1, 1).data];
    };
    const luminance = (color: string): number => {
      const [r, g, b] = rgba(color)
        .slice(0, 3)
        .map((c) => c / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
    };
    const behind = (element: Element): string => {
      for (let at: Element | null = element; at; at = at.parentElement) {
        const { backgroundColor } = getComputedStyle(at);
        if (rgba(backgroundColor)[3] === 255) return backgroundColor;
      }
      return 'white';
    };
    const faint: string[] = [];
    for (const element of document.body.querySelectorAll('*')) {
      if (element.closest('svg') || !element.checkVisibility()) continue;
      const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
      const text = own
        .map((node) => node.textContent)
        .join('')
        .trim();
      if (!text) continue;
      const [a, b] = [luminance(getComputedStyle(element).color), luminance(behind(element))];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (ratio < 4.5) faint.push(`${ratio.toFixed(2)}: ${text.slice(0, 40)}`);
    }
    return faint;
  });

for (const path of pages) {
  test(`${path} is in reach: one request, headings, landmarks, width, contrast`, async ({
    page,
  }) => {
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.resourceType()));
    await page.goto(path);

    // The player and the project's page may bring a file of their own.
    if (!/(visualize|project)\/$/.test(path))
      expect.soft(requests.filter((type) => type !== 'other')).toEqual(['document']);

    await test.step('one h1, and no level of heading left out', async () => {
      const levels = await page
        .locator('main :is(h1, h2, h3, h4, h5, h6)')
        .evaluateAll((all) => all.map((heading) => Number(heading.tagName[1])));
      // What is on the page is listed beside the text; its heading belongs to the title.
      expect(levels.filter((level) => level === 1)).toHaveLength(1);
      expect(levels[0]).toBe(1);
      levels.forEach((level, i) => expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1));
    });

    await test.step('landmarks, language and title', async () => {
      for (const role of ['banner', 'main', 'contentinfo'] as const) {
        await expect(page.getByRole(role)).toHaveCount(1);
      }
      await expect(page.getByRole('navigation', { name: 'Course' })).toBeVisible();
      await expect(page.locator('html')).toHaveAttribute('lang', 'en');
      await expect(page).toHaveTitle(/Nine Hops/);
    });

    await test.step('nothing is wider than its window, from 320 to 1280', async () => {
      await page.locator('details').evaluateAll((all) => {
        for (const fold of all as HTMLDetailsElement[]) {
          fold.open = true;
          fold.hidden = false;
        }
      });
      for (const width of [320, 390, 768, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect.soft(wide, `in a window of ${width}`).toBeLessThanOrEqual(width);
      }
    });

    await test.step('text stands out, light and dark', async () => {
      for (const group of await page.locator('.quiz fieldset').all()) {
        await group.getByRole('radio').first().check();
      }
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect.soft(await faintText(page), colorScheme).toEqual([]);
      }
    });
  });
}

for (const path of samplePages) {
  test(`${path}: the first Tab offers to skip to the content`, async ({ page }) => {
    await page.goto(path);
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to the content' });
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('main')).toBeFocused();
  });
}

test('reduced motion: the page jumps and does not slide', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await expect(page.locator('html')).toHaveCSS('scroll-behavior', 'auto');
});

test('on paper the folded answers are open and the navigation is gone', async ({ page }) => {
  await page.goto('/01-nine-hops/visualize/');
  await expect(page.getByRole('navigation')).toHaveCount(4);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('navigation')).toHaveCount(0);
  const answers = page.locator('.predict details > :not(summary)');
  await expect(answers).not.toHaveCount(0);
  for (const answer of await answers.all()) await expect(answer).toBeVisible();
});
