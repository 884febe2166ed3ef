import type { FullConfig, Reporter, Suite, TestCase, TestResult } from '@playwright/test/reporter';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from '../run/paths.ts';
import type { Check } from './check.ts';
import { gravest, type CheckResult, type GradeResult } from './results.ts';
import { labAttachment, resultAttachment } from './attachments.ts';
import { keepResult } from './kept.ts';
import { loadLab } from './load.ts';
import { fitted } from './fitted.ts';
import { checkLine, measuredLines, message, score, summary } from './text.ts';

type Started = Pick<GradeResult, 'seed' | 'factor' | 'broker' | 'journal'>;

/**
 * One line a test. Of a lab's checks the first that did not pass is told in full and the others are
 * folded; results are written after every check, so that a crash leaves what there was.
 */
export default class GradeReporter implements Reporter {
  #labs = new Map<string, CheckResult[]>();
  #checks = new Map<string, readonly Check[]>();
  #started: Started | undefined;
  #writing: Promise<void> = Promise.resolve();
  #planned = new Map<string, string[]>();
  readonly #about = {
    source: process.env['LAB_SOURCE'] ?? 'src',
    startedAt: new Date().toISOString(),
  };
  #opened = false;
  #outside: string[] = [];

  onBegin(_: FullConfig, suite: Suite): void {
    for (const test of suite.allTests()) {
      const slug = slugOf(test);
      if (slug) this.#planned.set(slug, [...(this.#planned.get(slug) ?? []), test.title]);
    }
  }

  onError(error: { message?: string }): void {
    const text = stripVTControlCharacters(error.message ?? 'unknown');
    this.#outside.push(text);
    console.error(text);
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const slug = slugOf(test);
    if (!slug) return this.#siteLine(test, result);
    const started = attached(result, labAttachment) as Started | undefined;
    if (started) this.#started = { ...started, journal: place(started.journal) };
    const check =
      (attached(result, resultAttachment) as CheckResult | undefined) ?? broken(test, result);
    this.#labs.set(slug, [...(this.#labs.get(slug) ?? []), check]);
    console.log(fitted([checkLine(check), ...measuredLines(check)].join('\n')));
    if (check.outcome !== 'pass' && !this.#opened) {
      this.#opened = true;
      console.log(fitted(`\n${message(check)}\n`));
    }
    this.#writing = this.#writing.then(async () => void (await this.#write(slug)));
  }

  async onEnd(): Promise<{ status: 'failed' } | undefined> {
    await this.#writing;
    for (const [slug, planned] of this.#planned) {
      if (!this.#labs.has(slug)) this.#labs.set(slug, []);
      const result = await this.#write(slug, planned);
      console.log(`\n${summary(result)}`);
      const folded = result.checks.filter((c) => c.outcome !== 'pass').slice(1);
      for (const { id, finding, reason } of folded)
        console.log(fitted(`  ▸ ${id}: ${finding?.headline ?? reason?.split('\n')[0] ?? ''}`));
      if (result.journal) console.log(`Journal: ${result.journal}`);
    }
    return this.#outside.length > 0 ? { status: 'failed' } : undefined;
  }

  printsToStdio(): boolean {
    return true;
  }

  /** `planned`: at the end, a check that never ran is a failure of the lab, not a pass. */
  async #write(slug: string, planned?: readonly string[]): Promise<GradeResult> {
    const done = this.#labs.get(slug) ?? [];
    let checks = this.#checks.get(slug);
    if (!checks) this.#checks.set(slug, (checks = (await loadLab(slug)).checks));
    const chosen = checks.filter((c) => this.#planned.get(slug)?.includes(c.id));
    const missing = planned?.filter((id) => !done.some((r) => r.id === id)) ?? [];
    const lost = chosen.filter((c) => missing.includes(c.id)).map(neverRan);
    const results = [...done, ...lost];
    const [points, of] = score(results, chosen);
    const result: GradeResult = {
      format: 1,
      lab: slug,
      ...this.#about,
      ...(chosen.length < checks.length && { only: chosen.map(({ id }) => id) }),
      ...(this.#started ?? { seed: '', factor: 1, broker: '', journal: undefined }),
      outcome: gravest(results),
      points,
      of,
      checks: results,
    };
    keepResult(result);
    return result;
  }

  #siteLine(test: TestCase, { status, error, duration }: TestResult): void {
    const sign = status === 'passed' ? '✓' : status === 'skipped' ? '–' : '✗';
    console.log(`${sign} ${test.titlePath().slice(2).join(' › ')} (${Math.round(duration)} ms)`);
    if (error?.message) console.log(stripVTControlCharacters(error.message));
  }
}

const slugOf = (test: TestCase): string | undefined =>
  /^lab-(.+)$/.exec(test.parent.project()?.name ?? '')?.[1];

const place = (file: string | undefined): string | undefined => file && relative(root, file);

function attached(result: TestResult, name: string): unknown {
  const body = result.attachments.find((a) => a.name === name)?.body;
  return body && JSON.parse(body.toString());
}

/** A test that ended before its check said anything: the lab did not start, or the runner broke. */
function broken(test: TestCase, { error, duration }: TestResult): CheckResult {
  const reason = stripVTControlCharacters(error?.message ?? 'the check said nothing');
  const about = { task: 0, hops: [], points: 0, title: 'the lab did not get as far' };
  return { ...about, id: test.title, outcome: 'infra', ms: Math.round(duration), reason };
}

const neverRan = ({ id, task, title, hops, points }: Check): CheckResult => ({
  id,
  task,
  title,
  hops,
  points,
  outcome: 'infra',
  ms: 0,
  reason: 'it never ran',
});
