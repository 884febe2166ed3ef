import { test as base } from '@playwright/test';
import type { Lab } from '../run/define.ts';
import { startLab, type RunningLab } from '../run/running-lab.ts';
import { namedSource } from '../run/sources.ts';
import { labAttachment, resultAttachment } from './attachments.ts';
import type { Check } from './check.ts';
import type { CheckResult } from './results.ts';
import { runCheck } from './run-check.ts';
import { journalFor } from './kept.ts';

interface WorkerFixtures {
  definition: Lab;
  lab: RunningLab;
}

/**
 * `lab`: the running lab, one a worker. `wire`: runs a check on it. What is graded comes from
 * `LAB_SOURCE` (`src`, `solution` or `starter`), random values from `LAB_SEED`.
 */
const test = base.extend<{ wire: (check: Check) => Promise<CheckResult> }, WorkerFixtures>({
  definition: [undefined as unknown as Lab, { scope: 'worker', option: true }],
  lab: [
    async ({ definition }, use) => {
      const { source, remove } = namedSource(definition, process.env['LAB_SOURCE'] ?? 'src');
      const seed = process.env['LAB_SEED'];
      const lab = await startLab(definition, {
        source,
        ...(seed && { seed }),
        brokerUrl: process.env['BROKER_URL'],
        journalFile: journalFor(definition.slug),
      });
      await use(lab);
      await lab.stop();
      remove();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  wire: async ({ lab }, use, info) => {
    const { seed, factor, broker, journal } = lab;
    const started = { seed, factor, broker: broker.name, journal: journal.file };
    await info.attach(labAttachment, { body: JSON.stringify(started) });
    await use(async (check) => {
      const result = await runCheck(lab, check);
      await info.attach(resultAttachment, { body: JSON.stringify(result) });
      return result;
    });
  },
});

/**
 * Makes one test of each check of a lab. A test that fails would end its worker, and with it the lab,
 * its seed and its journal; so all checks share one lab, and what comes after the last fails if any
 * check did not pass.
 */
export function gradeLab(lab: Lab, checks: readonly Check[]): void {
  test.use({ definition: lab });
  const open: string[] = [];
  let ran = 0;
  for (const check of checks)
    test(check.id, async ({ wire }) => {
      const result = await wire(check);
      ran += 1;
      if (result.outcome !== 'pass') open.push(`${check.id}: ${result.outcome}`);
    });
  test.afterAll(() => {
    if (ran === 0 || open.length > 0)
      throw new Error(`checks that do not pass:\n${open.join('\n')}`);
  });
}
