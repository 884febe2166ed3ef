import type { Crash } from '../run/crash.ts';
import type { RunningLab } from '../run/running-lab.ts';
import type { Line, NoteLine } from '../wire/journal.ts';
import type { Check } from './check.ts';
import type { CheckResult, Finding, Outcome } from './results.ts';
import { Inconclusive, LabFailed } from './errors.ts';
import { findingIn } from './finding.ts';
import { Tools } from './tools.ts';

/**
 * Runs one check on a running lab and leaves the lab healthy. Never throws: whatever happens is an
 * outcome. A crash of a service whose work is checked is the learner's: it is the finding, with its
 * file and line. Random values depend on the lab's seed and the check alone.
 */
export async function runCheck(lab: RunningLab, check: Check): Promise<CheckResult> {
  const began = performance.now();
  const since = lab.journal.lines.length;
  lab.journal.mark('check', { check: check.id });
  lab.scope(check.id);
  const tools = new Tools(lab);
  const result = await attempt(tools, check);
  lab.witness.runs.endAll();
  lab.journal.mark('result', { check: check.id, outcome: result.outcome });
  const ms = Math.round(performance.now() - began);
  // What the check broke. If that fails, the next check will say so.
  await lab.calm({ crashed: false }).catch(() => undefined);
  const { run: _, quick: __, services: ___, hints, ...about } = check;
  const again = `npm run grade ${lab.lab.slug.slice(0, 2)} -- --check ${check.id} --seed ${lab.seed}`;
  const { finding } = result;
  if (finding) finding.observed += refusals(lab.journal.lines.slice(since), check);
  return {
    ...about,
    ms,
    ...result,
    ...(tools.measured.length > 0 && { measured: tools.measured }),
    ...(result.outcome !== 'pass' && { again }),
    ...(result.outcome === 'fail' && !result.crashed && { hint: hints[0] }),
  };
}

interface Attempt {
  outcome: Outcome;
  finding?: Finding;
  reason?: string;
  crashed?: true;
}

/** Crashes that a check has told already: the next one must not be blamed for them again. */
const told = new WeakSet<Crash>();

async function attempt(tools: Tools, check: Check): Promise<Attempt> {
  const { lab } = tools;
  const crashed = (): Attempt | undefined => {
    const all = [...lab.apps.crashes.values()];
    const crash = all.find((c) => check.services.includes(c.component) && !told.has(c));
    if (!crash) return undefined;
    told.add(crash);
    return { outcome: 'fail', finding: crashFinding(crash), crashed: true };
  };
  const since = lab.journal.lines.length;
  const failed = (): Attempt | undefined =>
    lab.failure === undefined ? undefined : { outcome: 'infra', reason: lab.failure };
  try {
    // One that came after the last check's end would be forgotten once the service is up again.
    const before = crashed();
    await lab.calm();
    const atOnce = failed() ?? before ?? crashed();
    if (atOnce) return atOnce;
    await check.run(tools);
    return failed() ?? crashed() ?? { outcome: 'pass' };
  } catch (error) {
    const infra = failed();
    if (infra) return infra;
    const crash = crashed() ?? ((await brokeOff(lab, since)) ? crashed() : undefined);
    if (crash) return crash;
    const finding = findingIn(error);
    if (finding) return { outcome: 'fail', finding };
    if (error instanceof Inconclusive) return { outcome: 'inconclusive', reason: error.message };
    if (error instanceof LabFailed) return { outcome: 'infra', reason: error.message };
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { outcome: 'error', reason };
  }
}

/**
 * Where a service broke a connection off, its end may be known a little later than the user's 502:
 * waits for it, and tells whether it came.
 */
export async function brokeOff(lab: RunningLab, since: number): Promise<boolean> {
  const isNote = (line: Line, what: string): boolean => line.type === 'note' && line.what === what;
  if (!lab.journal.lines.slice(since).some((line) => isNote(line, 'broken'))) return false;
  const timeout = 400 * lab.factor;
  return !!(await lab.journal.waitFor((line) => isNote(line, 'crashed'), { timeout, since }));
}

/** What a check says of a service that ended by itself. */
export function crashFinding({ component, error, place }: Crash): Finding {
  return {
    headline: `${component} stopped`,
    expected: `${component} keeps running`,
    observed: `${error}${place ? ` at ${place}` : ''}`,
  };
}

/** A connection that the bus refused explains much of what did not come. */
function refusals(lines: readonly Line[], { services }: Check): string {
  const refused = lines.find(
    (line): line is NoteLine =>
      line.type === 'note' &&
      line.what === 'connack' &&
      services.includes(line.component) &&
      Number(line.facts?.['code']) > 0,
  );
  return refused
    ? ` (the bus refused ${refused.component}’s connection: CONNACK code ${String(refused.facts?.['code'])})`
    : '';
}
