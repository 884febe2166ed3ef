import { Inconclusive, LabFailed } from '../grade/errors.ts';
import { findingIn } from '../grade/finding.ts';
import type { Finding } from '../grade/results.ts';
import { brokeOff, crashFinding } from '../grade/run-check.ts';
import { Tools } from '../grade/tools.ts';
import { learnerApps } from '../run/define.ts';
import type { RunningLab } from '../run/running-lab.ts';
import type { Exploration, Placed } from './exploration.ts';
import { planText, type Plan } from './plan.ts';

/** What came of one plan. */
export interface Episode {
  plan: Plan;
  /** `unclear`: it could not be found out, which says nothing about anybody's work. */
  outcome: 'held' | 'failed' | 'unclear';
  finding?: Finding;
  /** The troubles that hit something, in order. */
  hit: readonly string[];
}

/** Carries a plan out and says what came of it. */
export type RunPlan = (plan: Plan) => Promise<Episode>;

/**
 * Carries a plan out on a lab that is calm before and afterwards. After a failure the learner's
 * services start anew, so that the next episode does not inherit what this one broke.
 * @throws LabFailed if the lab itself failed, and what a mistake in the exploration throws
 */
export async function runEpisode<Deed>(
  lab: RunningLab,
  exploration: Exploration<Deed>,
  plan: Plan,
): Promise<Episode> {
  const text = planText(plan);
  lab.scope(`explore ${text}`);
  // A replay then shows the plan as it shows a check.
  lab.journal.mark('check', { check: text });
  const result = await attempt(lab, exploration, plan);
  lab.witness.runs.endAll();
  lab.journal.mark('result', { check: text, outcome: outcomes[result.outcome] });
  if (result.outcome !== 'held') {
    const own = learnerApps(lab.lab).map(({ component }) => component);
    await Promise.all(own.map((component) => lab.restart(component, { forget: true })));
  }
  return { plan, ...result };
}

const outcomes = { held: 'pass', failed: 'fail', unclear: 'inconclusive' } as const;

async function attempt<Deed>(
  lab: RunningLab,
  exploration: Exploration<Deed>,
  plan: Plan,
): Promise<Omit<Episode, 'plan'>> {
  const since = lab.journal.lines.length;
  const troubles = new Troubles();
  const failed = (finding: Finding) => ({ outcome: 'failed' as const, finding, hit: troubles.hit });
  const crashed = (): Finding | undefined => [...lab.apps.crashes.values()].map(crashFinding)[0];
  try {
    const before = crashed();
    await lab.calm();
    const atOnce = before ?? crashed();
    if (atOnce) return failed(atOnce);
    await carryOut(lab, exploration, plan, troubles);
    const crash = crashed();
    if (crash) return failed(crash);
    if (lab.failure !== undefined) throw new LabFailed(lab.failure);
    return { outcome: 'held', hit: troubles.hit };
  } catch (error) {
    if (lab.failure !== undefined) throw new LabFailed(lab.failure, { cause: error });
    const crash = crashed() ?? ((await brokeOff(lab, since)) ? crashed() : undefined);
    if (crash) return failed(crash);
    const finding = findingIn(error);
    if (finding) return failed(finding);
    if (error instanceof Inconclusive) return { outcome: 'unclear', hit: troubles.hit };
    throw error;
  } finally {
    await troubles.takeBack();
    lab.network.clearFaults();
  }
}

async function carryOut<Deed>(
  lab: RunningLab,
  { troubles: known, act, judge }: Exploration<Deed>,
  { actions, steps }: Plan,
  troubles: Troubles,
): Promise<void> {
  const t = new Tools(lab);
  const deeds: Deed[] = [];
  for (let n = 1; n <= actions; n += 1) {
    for (const { trouble } of steps.filter(({ before }) => before === n)) {
      const { apply } = known.find(({ id }) => id === trouble)!;
      troubles.add(trouble, await apply(t));
    }
    deeds.push(await act(t, n));
  }
  await troubles.takeBack();
  // A service that crashed stays down: that is what there is to say.
  await lab.calm({ crashed: false });
  if (lab.apps.crashes.size === 0) await judge(t, deeds);
}

/** The troubles of one episode that are in place. */
class Troubles {
  readonly #all: { id: string; placed: Placed }[] = [];
  readonly #toTakeBack: Placed[] = [];

  add(id: string, placed: Placed): void {
    this.#all.push({ id, placed });
    this.#toTakeBack.push(placed);
  }

  get hit(): string[] {
    return this.#all.filter(({ placed }) => placed.hits > 0).map(({ id }) => id);
  }

  /** The last one first, as they lie upon each other. */
  async takeBack(): Promise<void> {
    for (let last = this.#toTakeBack.pop(); last; last = this.#toTakeBack.pop())
      await last.undo?.();
  }
}
