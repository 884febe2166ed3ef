import { test as base, expect } from '@playwright/test';
import { existsSync, readdirSync } from 'node:fs';
import { startCourse, type Course } from '../server/testing/course.ts';
import { chapters, modes } from '../src/lib/course.ts';

interface WorkerFixtures {
  /** This worker's own course server, with runs and sources of its own. */
  course: Course;
  /** Its address, without a slash at the end. */
  address: string;
}

interface TestFixtures {
  /** What must stay empty: console errors, broken policies, requests that leave the origin. */
  trouble: string[];
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  course: [
    // Playwright reads a fixture's needs from this pattern, even where there are none.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const course = await startCourse();
      await use(course);
      await course.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  address: [async ({ course }, use) => use(course.address), { scope: 'worker' }],
  baseURL: async ({ address }, use) => use(address),
  // Every test fails on them, whether it asks for the list or not.
  trouble: [
    async ({ page, address }, use) => {
      const trouble: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') trouble.push(`console: ${message.text()}`);
      });
      page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
      page.on('request', (request) => {
        if (!request.url().startsWith(`${address}/`)) trouble.push(`left: ${request.url()}`);
      });
      await use(trouble);
      expect(trouble).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

const order = modes.map(({ id }) => id as string);

/** The lessons there are, as `<chapter>/<mode>`, in the course's order: from their files. */
export const lessons: readonly string[] = chapters.flatMap(({ slug }) => {
  const folder = new URL(`../src/chapters/${slug}/`, import.meta.url);
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files
    .filter((name) => name.endsWith('.mdx'))
    .map((name) => name.replace('.mdx', ''))
    .toSorted((a, b) => order.indexOf(a) - order.indexOf(b))
    .map((mode) => `${slug}/${mode}`);
});

/** The pages there are: home, the chapters that have a lesson, and their lessons. */
export const pages: readonly string[] = [
  '/',
  ...new Set(lessons.map((lesson) => `/${lesson.split('/')[0]}/`)),
  ...lessons.map((lesson) => `/${lesson}/`),
];
