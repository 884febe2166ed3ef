import type { Page } from '@playwright/test';
import { modes } from '../src/lib/course.ts';
import { expect, lessons, test } from './fixtures.ts';

const key = 'nine-hops';
const [first] = lessons as readonly [string];
const nameOf = (lesson: string): string => {
  const [chapter = '', mode] = lesson.split('/');
  return `${modes.find(({ id }) => id === mode)!.title}, chapter ${Number(chapter.slice(0, 2))}`;
};
const linkTo = (page: Page, lesson: string) => page.locator(`[data-lesson="${lesson}"]`);
const go = (page: Page) => page.locator('[data-go]');
const stored = (page: Page) => page.evaluate((name) => localStorage.getItem(name), key);

/** What home and chapter page say to somebody who was last in a lesson. */
async function expectPlace(page: Page, last: string): Promise<void> {
  await expect(page.getByText(`You were last in ${nameOf(last)}.`)).toBeVisible();
  await expect(linkTo(page, last)).toContainText('seen');
  const next = lessons[lessons.indexOf(last) + 1];
  if (next === undefined) return;
  await expect(go(page)).toHaveText(`Go on: ${nameOf(next)}`);
  await expect(go(page)).toHaveAttribute('href', new RegExp(`/${next}/$`));
}

test('at first nothing is marked, and the way in is the first lesson', async ({ page }) => {
  await page.goto('/');
  await expect(page.locator('.seen').filter({ visible: true })).toHaveCount(0);
  await expect(go(page)).toHaveAttribute('href', `/${first}/`);
});

test('a lesson that was opened is known on home and chapter page, and after a reload', async ({
  page,
}) => {
  const before = Date.now();
  await page.goto(`/${first}/`);
  const memory = JSON.parse((await stored(page)) ?? '');
  expect(memory).toEqual({ v: 1, seen: { [first]: expect.any(Number) }, answers: {} });
  expect(memory.seen[first]).toBeGreaterThanOrEqual(before);

  for (const path of ['/', `/${first.split('/')[0]}/`]) {
    await page.goto(path);
    await expectPlace(page, first);
    await page.reload();
    await expectPlace(page, first);
  }
});

test('going back to the home page shows what was opened meanwhile', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Start chapter 1' }).click();
  await expect(page).toHaveURL(`/${first}/`);
  await page.goBack();
  await expectPlace(page, first);
});

test('where the last lesson was opened last, what was left out comes next', async ({ page }) => {
  const last = lessons.at(-1)!;
  await page.goto(`/${last}/`);
  await page.goto('/');
  await expectPlace(page, last);
  const left = lessons.find((lesson) => lesson !== last);
  await expect(go(page)).toHaveText(left ? `Go on: ${nameOf(left)}` : 'Start chapter 1');
});

test('when all were opened, it says so', async ({ page }) => {
  for (const lesson of lessons) await page.goto(`/${lesson}/`);
  await page.goto('/');
  await expect(page.getByText('You have opened every lesson listed here.')).toBeVisible();
});

test('answers and fields of other pages stay when a lesson is opened', async ({ page }) => {
  const other = { answers: { '01-nine-hops/sync': 'service-a' }, cards: [1, 2] };
  await page.goto('/');
  await page.evaluate(
    ([name, text]) => localStorage.setItem(name!, text!),
    [key, JSON.stringify({ v: 1, seen: { '09-later/learn': 5 }, ...other })],
  );
  await page.goto(`/${first}/`);
  expect(JSON.parse((await stored(page))!)).toEqual({
    v: 1,
    seen: { '09-later/learn': 5, [first]: expect.any(Number) },
    ...other,
  });
});

for (const content of [
  'not JSON',
  '{"v":2,"seen":{"01-nine-hops/visualize":{"at":1}}}',
  '{"v":1,"seen":7}',
  '[]',
]) {
  test(`a storage that holds ${content} does no harm and is left alone`, async ({ page }) => {
    await page.addInitScript(([name, text]) => localStorage.setItem(name!, text!), [key, content]);
    for (const path of [`/${first}/`, '/', `/${first.split('/')[0]}/`]) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      expect(await stored(page)).toBe(content);
    }
    await expect(go(page)).toHaveAttribute('href', `/${first}/`);
  });
}

test('a time that is no number is not taken for one', async ({ page }) => {
  const content = JSON.stringify({ v: 1, seen: { [first]: 'yesterday' } });
  await page.addInitScript(([name, text]) => localStorage.setItem(name!, text!), [key, content]);
  await page.goto('/');
  await expect(page.locator('.seen').filter({ visible: true })).toHaveCount(0);
});

test('a storage that is off does no harm', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('off', 'SecurityError');
      },
    });
  });
  await page.goto(`/${first}/`);
  await page.goto('/');
  await expect(go(page)).toHaveAttribute('href', `/${first}/`);
});
