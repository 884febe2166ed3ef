import type { Page } from '@playwright/test';
import { chapters, modes } from '../src/lib/course.ts';
import { expect, lessons, pages, samples, test } from './fixtures.ts';

const chapterOf = (lesson: string): string => lesson.split('/')[0]!;
const titleOf = (lesson: string): string =>
  modes.find(({ id }) => id === lesson.split('/')[1])!.title;
const written = new Set(lessons.map(chapterOf));
const [first] = lessons as readonly [string];

const modesOf = (page: Page) => page.getByRole('navigation', { name: /^Modes of chapter/ });
const nextOf = (page: Page) => page.getByRole('navigation', { name: 'What comes next' });
const course = (page: Page) => page.getByRole('navigation', { name: 'Course' });
const outline = (page: Page) => page.getByRole('region', { name: /chapters, one question each$/ });

test('the one thing to do first on the home page is the first lesson', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Start chapter 1' }).click();
  await expect(page).toHaveURL(`/${first}/`);
});

test('every lesson says where it is, names the modes of its chapter, and leads on', async ({
  page,
}) => {
  test.setTimeout(120_000);
  for (const lesson of lessons) {
    await page.goto(`/${lesson}/`);
    const found = await page.evaluate(() => {
      const hrefs = (within: string): (string | null)[] =>
        [...document.querySelectorAll(`${within} a`)].map((link) => link.getAttribute('href'));
      return {
        place: hrefs('.lesson .eyebrow'),
        current: [...document.querySelectorAll('.modes [aria-current]')].map((link) => [
          link.getAttribute('aria-current'),
          link.textContent.trim(),
        ]),
        modes: hrefs('.modes'),
        next: hrefs('.next'),
        chapter: document.querySelector('.top [aria-current="true"]')?.getAttribute('href'),
        minutes: document.querySelector('.lesson .meta')?.textContent,
      };
    });
    const own = lessons.filter((other) => chapterOf(other) === chapterOf(lesson));
    const next = lessons[lessons.indexOf(lesson) + 1];
    const sameChapter = next !== undefined && chapterOf(next) === chapterOf(lesson);
    expect.soft(found, lesson).toEqual({
      place: [`/${chapterOf(lesson)}/`],
      current: [['page', titleOf(lesson)]],
      modes: own.map((other) => `/${other}/`),
      next: [next === undefined ? '/' : `/${sameChapter ? next : chapterOf(next)}/`],
      chapter: `/${chapterOf(lesson)}/`,
      minutes: expect.stringMatching(/^About \d+ minutes$/),
    });
  }
});

for (const lesson of samples) {
  test.describe(lesson, () => {
    test('links lead there from home, over its chapter', async ({ page }) => {
      await page.goto('/');
      const chapter = chapters.find(({ slug }) => slug === chapterOf(lesson))!;
      await outline(page).getByRole('link', { name: chapter.title, exact: true }).click();
      await expect(page).toHaveURL(`/${chapter.slug}/`);
      await expect(page.getByText(chapter.question)).toBeVisible();
      const list = page.getByRole('region', { name: /learn it so far$/ });
      await list.getByRole('link', { name: titleOf(lesson) }).click();
      await expect(page).toHaveURL(`/${lesson}/`);
    });

    test('its modes and what comes next are in reach at 320 and by keyboard', async ({ page }) => {
      await page.setViewportSize({ width: 320, height: 640 });
      await page.goto(`/${lesson}/`);
      const current = modesOf(page).locator('[aria-current]');
      await current.focus();
      await expect(current).toBeInViewport({ ratio: 1 });
      const link = nextOf(page).getByRole('link');
      await link.focus();
      await expect(link).toBeInViewport({ ratio: 1 });
      await page.keyboard.press('Enter');
      await expect(page).not.toHaveURL(`/${lesson}/`);
    });
  });
}

test('chapters and modes that are not written are named, marked, and no links', async ({
  page,
  request,
}) => {
  await page.goto('/');
  for (const { slug, title } of chapters) {
    const entry = outline(page).getByRole('listitem').filter({ hasText: title }).first();
    const isWritten = written.has(slug);
    expect((await entry.getByRole('link').count()) > 0, title).toBe(isWritten);
    await expect(entry.getByText('not written yet')).toHaveCount(isWritten ? 0 : 1);
    expect((await request.get(`/${slug}/`)).status(), slug).toBe(isWritten ? 200 : 404);
  }
  const board = page.getByRole('region', { name: 'Nine ways' }).getByRole('listitem');
  await expect(board).toHaveCount(9);
  for (const { id, title, does } of modes) {
    const field = board.filter({ hasText: does });
    const exists = lessons.some((lesson) => lesson.endsWith(`/${id}`));
    await expect(field.getByRole('link', { name: title })).toHaveCount(exists ? 1 : 0);
    await expect(field.getByText('not written yet')).toHaveCount(exists ? 0 : 1);
  }
});

test('home and a chapter page are marked as the current page', async ({ page }) => {
  await page.goto('/');
  const brand = page.getByRole('banner').getByRole('link', { name: 'Nine Hops', exact: true });
  await expect(brand).toHaveAttribute('aria-current', 'page');
  await expect(course(page).locator('[aria-current]')).toHaveCount(0);
  await page.goto(`/${chapterOf(first)}/`);
  await expect(brand).not.toHaveAttribute('aria-current');
  await expect(course(page).locator('[aria-current="page"]')).toHaveCount(1);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('every page leads on, and nothing is claimed about the reader', async ({ page }) => {
    for (const path of pages) {
      await page.goto(path);
      await expect(page.locator('.seen').filter({ visible: true })).toHaveCount(0);
      await expect(page.locator('.go').filter({ visible: true })).toHaveCount(1);
    }
  });
});
