import { defineConfig } from '@playwright/test';
import { browserFlags, findBrowser } from './.setup/find-browser.ts';
import { slugs } from './labs/kit/grade/load.ts';

const browser = findBrowser();

const site = {
  // Real services start and are checked meanwhile, perhaps on a busy machine.
  expect: { timeout: 20_000 },
  use: {
    launchOptions: {
      args: [...browserFlags],
      ...(browser?.executablePath !== undefined && { executablePath: browser.executablePath }),
    },
  },
};

/** The site, as a person uses it, without and with labs; and one project a lab, which grades its `src/`. */
export default defineConfig({
  outputDir: '.runs/playwright',
  reporter: [['./labs/kit/grade/grade-reporter.ts']],
  // One lab has two cores to itself: its deadlines are measured, not guessed.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  projects: [
    { ...site, name: 'site', testDir: 'site/tests', testIgnore: '**/live/**' },
    { ...site, name: 'site-live', testDir: 'site/tests/live' },
    ...slugs().map((slug) => ({
      name: `lab-${slug}`,
      testDir: `labs/${slug}`,
      testMatch: 'grade.spec.ts',
      timeout: 120_000,
    })),
  ],
});
