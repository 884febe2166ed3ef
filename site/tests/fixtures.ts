import { test as base, expect } from '@playwright/test';
import { startCourse, type Course } from '../server/testing/course.ts';

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

/** The fixture `course`. A file that must have it to itself extends `test` with it once more. */
export const ownCourse: [
  (needs: object, use: (course: Course) => Promise<void>) => Promise<void>,
  { scope: 'worker'; timeout: number },
] = [
  // Playwright reads a fixture's needs from this pattern, even where there are none.
  // oxlint-disable-next-line no-empty-pattern
  async ({}, use) => {
    const course = await startCourse();
    await use(course);
    await course.stop();
  },
  { scope: 'worker', timeout: 120_000 },
];

export const test = base.extend<TestFixtures, WorkerFixtures>({
  course: ownCourse,
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

export { lessons, pages, samplePages, samples } from './written.ts';
export { expect };
