import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, pages, samplePages, test } from './fixtures.ts';
import { openFolds } from './use-page.ts';

/** What axe finds on the page as it is now: each rule, and where it is broken. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`);
}

/** Answers every question of the quiz; all wrong, or all right. */
async function answer(page: Page, how: 'right' | 'wrong'): Promise<void> {
  const option = how === 'right' ? '.option.right' : '.option:not(.right)';
  for (const question of await page.locator('.quiz fieldset').all()) {
    await question.locator(option).getByRole('radio').first().check();
    await expect(question.locator('.verdict').filter({ visible: true })).toHaveCount(1);
  }
}

const schemes = ['light', 'dark'] as const;

// Colours are the same on all pages of a kind; that text stands out in both schemes is tested on each.
for (const path of pages.filter((page) => !samplePages.includes(page))) {
  test(`axe finds nothing on ${path} with all its folds open`, async ({ page }) => {
    test.setTimeout(60_000);
    await page.goto(path);
    await openFolds(page);
    expect(await findings(page)).toEqual([]);
  });
}

for (const path of samplePages) {
  test(`axe finds nothing on ${path}, as it is and used, light and dark`, async ({ page }) => {
    // Several looks at a long page take a while where cores are slow.
    test.setTimeout(120_000);
    const look = async (how: string): Promise<void> => {
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme });
        expect(await findings(page), `${how}, ${colorScheme}`).toEqual([]);
      }
    };
    await page.goto(path);
    await look('as it is');
    const folds = await openFolds(page);
    const hasQuiz = (await page.locator('.quiz').count()) > 0;
    if (hasQuiz) await answer(page, 'right');
    if (folds > 0 || hasQuiz) await look('open, answered right');
    if (!hasQuiz) return;
    await answer(page, 'wrong');
    await look('answered wrong');
  });
}
