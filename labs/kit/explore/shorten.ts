import type { Episode, RunPlan } from './episode.ts';
import { onceEach, planText, type Plan, type Step } from './plan.ts';

interface ShortenOptions {
  /** How often a shorter plan may hold before it is given up: failures come and go. */
  tries?: number;
  /** Told of each shorter plan that fails too. */
  onShorter?: (episode: Episode) => void;
}

/**
 * Takes troubles, and then actions, out of a plan that failed, one at a time, as long as it still
 * fails. Returns the last episode that failed.
 */
export async function shorten(
  found: Episode,
  run: RunPlan,
  { tries = 3, onShorter }: ShortenOptions = {},
): Promise<Episode> {
  let shortest = found;
  const givenUp = new Set<string>();
  const failing = async (plan: Plan): Promise<Episode | undefined> => {
    const text = planText(plan);
    for (let i = 0; i < tries && !givenUp.has(text); i += 1) {
      const episode = await run(plan);
      if (episode.outcome === 'failed') return episode;
    }
    givenUp.add(text);
    return undefined;
  };
  for (const shorter of [withoutOneTrouble, withoutOneAction])
    for (let left = shorter(shortest.plan); left.length > 0;) {
      const [plan, ...others] = left;
      const episode = await failing(plan!);
      left = episode ? shorter(plan!) : others;
      if (!episode) continue;
      shortest = episode;
      onShorter?.(episode);
    }
  return shortest;
}

const withoutOneTrouble = ({ actions, steps }: Plan): Plan[] =>
  steps.map((_, i) => ({ actions, steps: steps.toSpliced(i, 1) }));

/** A trouble before the action that goes is then before the next one; the last must keep its own. */
function withoutOneAction({ actions, steps }: Plan): Plan[] {
  const found = new Map<string, Plan>();
  if (actions === 1) return [];
  for (let gone = actions; gone >= 1; gone -= 1) {
    if (gone === actions && steps.some(({ before }) => before === gone)) continue;
    const moved = ({ trouble, before }: Step): Step => ({
      trouble,
      before: before > gone ? before - 1 : before,
    });
    const plan = { actions: actions - 1, steps: onceEach(steps.map(moved)) };
    // Actions are alike: to take out this one or its neighbour is the same, if nothing is between.
    found.set(planText(plan), plan);
  }
  return [...found.values()];
}
