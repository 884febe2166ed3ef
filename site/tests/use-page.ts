import type { Locator, Page } from '@playwright/test';

/** More presses than the longest flow has hops. */
const presses = 15;

/**
 * Uses all on a page that can be used without running a lab, by keyboard: opens folds, gives every
 * answer, chooses from lists, presses buttons until they have no more to give.
 * @returns how many things it used
 */
export async function usePage(page: Page): Promise<number> {
  let used = 0;
  const each = async (selector: string, use: (one: Locator) => Promise<unknown>): Promise<void> => {
    const all = page.locator(selector);
    // In one go: a long page has hundreds.
    const usable = await all.evaluateAll((them) =>
      them.map((one) => one.checkVisibility() && !one.matches(':disabled')),
    );
    for (const [i] of usable.entries().filter(([, is]) => is)) {
      await use(all.nth(i));
      used += 1;
    }
  };
  used += await openFolds(page);
  await each('input:is([type="radio"], [type="checkbox"])', (box) => press(box, 'Space'));
  await each('select', async (list) => {
    const values = await list
      .locator('option')
      .evaluateAll((all) => all.map((option) => (option as HTMLOptionElement).value));
    for (const value of values) await list.selectOption(value);
  });
  // What runs, breaks and grades a lab has `data-do`.
  await each('button:not([data-do])', async (button) => {
    for (let n = 0; n < presses && (await isUsable(button)); n += 1) await press(button, 'Enter');
  });
  await page.keyboard.press('End');
  return used;
}

/**
 * Opens every fold, those in other folds too: they come later.
 * @returns how many it opened
 */
export async function openFolds(page: Page): Promise<number> {
  let opened = 0;
  for (const fold of await page.locator('details > summary').all()) {
    if (!(await fold.isVisible())) continue;
    await press(fold, 'Enter');
    opened += 1;
  }
  return opened;
}

const isUsable = async (one: Locator): Promise<boolean> =>
  (await one.isVisible()) && (await one.isEnabled());

async function press(one: Locator, key: string): Promise<void> {
  await one.focus();
  await one.page().keyboard.press(key);
}
