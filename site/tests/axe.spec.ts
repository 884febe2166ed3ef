import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, pages, test } from './fixtures.ts';
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

for (const path of pages) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing on ${path}, as it is and used, ${colorScheme}`, async ({ page }) => {
      // A look at a long page takes seconds where cores are slow.
      test.setTimeout(90_000);
      await page.emulateMedia({ colorScheme });
      await page.goto(path);
      expect(await findings(page)).toEqual([]);
      const folds = await openFolds(page);
      const hasQuiz = (await page.locator('.quiz').count()) > 0;
      if (hasQuiz) await answer(page, 'right');
      if (folds > 0 || hasQuiz) expect(await findings(page), 'open, answered right').toEqual([]);
      if (!hasQuiz) return;
      await answer(page, 'wrong');
      expect(await findings(page), 'answered wrong').toEqual([]);
    });
  }
}
