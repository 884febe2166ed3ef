import type { RunningLab } from '../run/running-lab.ts';
import type { Check } from './check.ts';
import type { CheckResult, Finding, Outcome } from './results.ts';
import { Inconclusive, LabFailed } from './errors.ts';
import { findingIn } from './finding.ts';
import { Tools } from './tools.ts';

/**
 * Runs one check on a running lab and leaves the lab healthy. Never throws: whatever happens is an
 * outcome. A service that crashed is the learner's: the crash is the finding, with its file and line.
 */
export async function runCheck(lab: RunningLab, check: Check): Promise<CheckResult> {
  const began = performance.now();
  lab.journal.mark('check', { check: check.id });
  const result = await attempt(lab, check);
  lab.journal.mark('result', { check: check.id, outcome: result.outcome });
  const { run: _, quick: __, hints, ...about } = check;
  const again = `npm run grade ${lab.lab.slug.slice(0, 2)} -- --check ${check.id} --seed ${lab.seed}`;
  return {
    ...about,
    ms: Math.round(performance.now() - began),
    ...result,
    ...(result.outcome !== 'pass' && { again }),
    ...(result.outcome === 'fail' && { hint: hints[0] }),
  };
}

type Attempt = { outcome: Outcome; finding?: Finding; reason?: string };

async function attempt(lab: RunningLab, check: Check): Promise<Attempt> {
  try {
    await lab.calm();
    const crashed = crashFinding(lab);
    if (crashed) return { outcome: 'fail', finding: crashed };
    await check.run(new Tools(lab));
    return { outcome: 'pass' };
  } catch (error) {
    const crashed = crashFinding(lab);
    if (crashed) return { outcome: 'fail', finding: crashed };
    const finding = findingIn(error);
    if (finding) return { outcome: 'fail', finding };
    if (error instanceof Inconclusive) return { outcome: 'inconclusive', reason: error.message };
    if (error instanceof LabFailed) return { outcome: 'infra', reason: error.message };
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { outcome: 'error', reason };
  } finally {
    lab.network.clearFaults();
  }
}

/** A crash of a learner's service that the check did not cause, as a finding. */
function crashFinding(lab: RunningLab): Finding | undefined {
  const [crash] = lab.apps.crashes.values();
  if (!crash) return undefined;
  const where = crash.place ? ` at ${crash.place}` : '';
  return {
    headline: `${crash.component} stopped`,
    expected: `${crash.component} keeps running`,
    observed: `${crash.error}${where}`,
  };
}
