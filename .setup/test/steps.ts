import { fileURLToPath } from 'node:url';
import { findTests } from './find-tests.ts';
import type { ProgramName } from './programs.ts';
import { installed, root } from './root.ts';

/** One named part of `npm test`: a program that Node.js runs in the clone's top folder. */
export interface Step {
  name: string;
  /** What it checks, for a person. */
  about: string;
  args: () => string[];
  /** Some tools pass when there is nothing to check, so what they need must be there. */
  files: readonly string[];
  cwd?: string;
  env?: Record<string, string>;
  /** Its output ends with counts; otherwise it is one test, passed if it exits with 0. */
  counts: boolean;
  /** Runs only if it is asked for. */
  onDemand: boolean;
  /** Timing-sensitive: nothing else may run beside it. */
  alone: boolean;
  /** Without these it is skipped whole. */
  requires: readonly ProgramName[];
  /** Without these some of its tests skip themselves. */
  uses: readonly ProgramName[];
}

const check = {
  files: [],
  counts: false,
  onDemand: false,
  alone: false,
  requires: [],
  uses: [],
} as const;
const reporter = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** Browser tests of a project of Playwright's; the labs' own grade src/, which is a proof's to do. */
const browserTests = (project: string, more: readonly string[] = []) => ({
  ...check,
  args: () => [
    installed('@playwright/test/cli.js'),
    'test',
    '--config=playwright.config.ts',
    `--project=${project}`,
    `--output=.runs/playwright/${project}`,
    ...more,
    `--reporter=${reporter('playwright-reporter.ts')}`,
  ],
  files: ['playwright.config.ts'],
  counts: true,
  alone: true,
  requires: ['browser'] as const,
});

/** All steps, in the order in which they start. */
export const steps: readonly Step[] = [
  {
    ...check,
    name: 'unit',
    about: 'unit and property tests',
    args: () => [
      '--test',
      '--test-timeout=120000',
      // Most of them wait for processes that they start.
      '--test-concurrency=2',
      `--import=${new URL('no-leftovers.ts', import.meta.url).href}`,
      `--test-reporter=${reporter('node-reporter.ts')}`,
      ...findTests(root),
    ],
    counts: true,
    uses: ['mosquitto'],
  },
  {
    ...check,
    name: 'types',
    about: 'types',
    args: () => [installed('typescript/bin/tsc'), '-p', '.'],
  },
  {
    ...check,
    name: 'site-types',
    about: "types of the site's pages",
    args: () => [installed('astro/bin/astro.mjs'), 'check', '--minimumFailingSeverity', 'warning'],
    files: ['site/astro.config.ts'],
    cwd: 'site',
    env: { ASTRO_TELEMETRY_DISABLED: '1' },
  },
  {
    ...check,
    name: 'lint',
    about: 'lint',
    args: () => [installed('oxlint/bin/oxlint'), '--deny-warnings', '--format=unix'],
  },
  {
    ...check,
    name: 'format',
    about: 'format',
    args: () => [installed('prettier/bin/prettier.cjs'), '--check', '.', '--log-level', 'warn'],
  },
  {
    ...check,
    name: 'unused',
    about: 'unused code and dependencies',
    args: () => [installed('knip/bin/knip.js'), '--no-progress', '--no-config-hints'],
  },
  {
    ...check,
    name: 'starters',
    about: 'each src/ is what its solution generates',
    args: () => ['labs/kit/cli.ts', 'starter', '--compare'],
    files: ['labs/kit/cli.ts'],
    // In a learner's clone src/ is meant to differ.
    onDemand: true,
  },
  {
    ...check,
    name: 'proofs',
    about: 'chapter proofs',
    args: () => ['labs/kit/cli.ts', 'check'],
    files: ['labs/kit/cli.ts'],
    counts: true,
    alone: true,
    uses: ['mosquitto'],
  },
  {
    ...browserTests('site', ['--workers=2']),
    name: 'browser',
    about: 'browser tests of the pages',
  },
  {
    ...browserTests('site-live'),
    name: 'browser-live',
    about: 'browser tests of the pages that run labs',
  },
];
