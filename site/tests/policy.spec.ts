import type { Page } from '@playwright/test';
import { expect, samplePages, test } from './fixtures.ts';
import { usePage } from './use-page.ts';

/** What the page's policies forbade, from now on, also in the pages that follow. */
async function watchPolicy(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const kept: string[] = [];
    Object.assign(window, { forbidden: kept });
    document.addEventListener('securitypolicyviolation', (event) => {
      kept.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
    });
  });
  return () =>
    page.evaluate(() => (window as unknown as { forbidden: string[] }).forbidden.splice(0));
}

for (const path of samplePages) {
  test(`${path} keeps its own policy when used, light and dark`, async ({ page, course }) => {
    // Every answer and every step of a long page, one after the other.
    test.setTimeout(90_000);
    await page.emulateMedia({ colorScheme: 'light' });
    // With the token a page may do more, and so do more wrong.
    await page.goto(course.invitation);
    const forbidden = await watchPolicy(page);
    await page.goto(path);
    await usePage(page);
    // What only the other colours load.
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await forbidden()).toEqual([]);
  });
}

test('a script, a style and an image that are not the page’s own are forbidden, and that is heard', async ({
  page,
  trouble,
}) => {
  const forbidden = await watchPolicy(page);
  await page.goto('/');
  await page.evaluate(() => {
    const add = (tag: string, fields: object): void =>
      document.body.append(Object.assign(document.createElement(tag), fields));
    add('script', { textContent: 'document.title = "taken over"' });
    add('style', { textContent: 'body { display: none }' });
    document.body.setAttribute('style', 'display: none');
    document.body.setAttribute('onclick', 'document.title = "taken over"');
    // A browser may look at a handler only when it is needed.
    document.body.click();
    add('img', { src: 'http://127.0.0.1:9/' });
  });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page).toHaveTitle(/Nine Hops/);
  const heard = new Set<string>();
  await expect
    .poll(async () => {
      for (const text of await forbidden()) heard.add(text.split(':')[0]!);
      return [...heard].toSorted();
    })
    .toEqual(['img-src', 'script-src-attr', 'script-src-elem', 'style-src-attr', 'style-src-elem']);
  expect(trouble.splice(0).length).toBeGreaterThanOrEqual(heard.size);
});
