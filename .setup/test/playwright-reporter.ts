import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { FullConfig, Reporter, Suite, TestCase, TestError } from '@playwright/test/reporter';
import { formatCounts, formatSkip } from './counts.ts';

/** A reporter for `playwright test`: failures, what was skipped and why, and the counts last. */
export default class CountingReporter implements Reporter {
  #suite: Suite | undefined;
  #errors = 0;

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#suite = suite;
  }

  /** An error outside of any test: a file that does not load, a server that does not start. */
  onError(error: TestError): void {
    this.#errors += 1;
    print(`\n✗ ${messageOf(error)}`);
  }

  onEnd(): void {
    const counts = { passed: 0, failed: this.#errors, skipped: 0 };
    for (const test of this.#suite?.allTests() ?? []) {
      const outcome = test.outcome();
      if (outcome === 'expected') counts.passed += 1;
      else if (outcome === 'skipped' && wasSkipped(test)) {
        counts.skipped += 1;
        print(formatSkip(titleOf(test), reasonOf(test)));
      } else {
        // A flaky test counts as failed: one that passes sometimes proves nothing.
        counts.failed += 1;
        print(`\n✗ ${titleOf(test)}\n  ${placeOf(test)}\n${errorsOf(test)}`);
      }
    }
    print(`\n${formatCounts(counts)}`);
  }

  printsToStdio(): boolean {
    return true;
  }
}

const print = (text: string): boolean => process.stdout.write(`${text}\n`);

const titleOf = (test: TestCase): string => test.titlePath().filter(Boolean).join(' › ');

const placeOf = (test: TestCase): string =>
  `${relative(process.cwd(), test.location.file)}:${test.location.line}`;

/** Playwright also calls skipped what it never came to run, which proves nothing. */
const wasSkipped = (test: TestCase): boolean =>
  test.annotations.some(({ type }) => type === 'skip' || type === 'fixme');

function reasonOf(test: TestCase): string {
  return test.annotations.find((note) => note.type === 'skip')?.description ?? '';
}

function errorsOf(test: TestCase): string {
  const errors = test.results.flatMap((result) => result.errors);
  if (errors.length === 0)
    return '    did not run: an earlier failure ended its worker or its series';
  return errors.map(messageOf).join('\n');
}

function messageOf(error: TestError): string {
  const text = [error.message ?? error.value ?? '', error.snippet ?? ''].filter(Boolean).join('\n');
  return stripVTControlCharacters(text).replaceAll(/^(?=.)/gm, '    ');
}
