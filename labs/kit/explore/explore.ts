import { setImmediate as turn } from 'node:timers/promises';
import type { Episode, RunPlan } from './episode.ts';
import type { Trouble } from './exploration.ts';
import { plans } from './generate.ts';
import type { Plan } from './plan.ts';
import { shorten } from './shorten.ts';

/** How often the plan that is reported is carried out again, to tell how often it fails. */
export const repeats = 5;

/** What was tried: episodes that told something, their actions, and the troubles that hit something. */
export interface Tally {
  episodes: number;
  actions: number;
  troubles: Map<string, number>;
}

/** A plan that failed. */
export interface Found {
  /** Before it was shortened. */
  first: Plan;
  episode: Episode;
  /** In how many of how many repeats it failed again. */
  failed: number;
  of: number;
}

export interface Explored {
  tried: Tally;
  found?: Found;
  /** Somebody ended it before it was done. */
  interrupted: boolean;
}

export interface ExploreOptions {
  run: RunPlan;
  /** Told after each episode what is being done: for whoever watches. */
  progress?: (doing: string, tried: Tally) => void;
  signal?: AbortSignal;
}

/**
 * Carries out random plans until one fails or time is up; a plan that fails is shortened and repeated.
 * @param isOver whether time is up; at least one plan is carried out
 */
export function exploreFrom(
  seed: string,
  troubles: readonly Trouble[],
  isOver: () => boolean,
  options: ExploreOptions,
): Promise<Explored> {
  return exploring(options, async (search) => {
    for (const plan of plans(seed, troubles)) {
      const episode = await search.carryOut(plan, 'exploring');
      if (episode.outcome === 'failed') return search.narrow(episode);
      if (isOver()) return;
    }
  });
}

/** Carries out one plan, as often as a found one is repeated. */
export const explorePlan = (plan: Plan, options: ExploreOptions): Promise<Explored> =>
  exploring(options, (search) => search.repeat(plan));

/** Somebody does not want to wait for the rest. */
class Interrupted extends Error {
  override name = 'Interrupted';
}

async function exploring(
  options: ExploreOptions,
  work: (search: Search) => Promise<void>,
): Promise<Explored> {
  const search = new Search(options);
  let interrupted = false;
  try {
    await work(search);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    interrupted = true;
  }
  const { tried, found } = search;
  return { tried, interrupted, ...(found && { found }) };
}

class Search {
  readonly tried: Tally = { episodes: 0, actions: 0, troubles: new Map() };
  found: Found | undefined;
  readonly #options: ExploreOptions;

  constructor(options: ExploreOptions) {
    this.#options = options;
  }

  /** Carries a plan out and counts it. Rejects at once when somebody interrupts. */
  async carryOut(plan: Plan, doing: string): Promise<Episode> {
    const { run, signal, progress } = this.#options;
    const interrupted = new Promise<never>((_, reject) => {
      const stop = (): void => reject(new Interrupted());
      if (signal?.aborted) stop();
      signal?.addEventListener('abort', stop, { once: true });
    });
    interrupted.catch(() => undefined);
    // A signal, or a key, gets its turn even if episodes end at once.
    await Promise.race([turn(), interrupted]);
    progress?.(doing, this.tried);
    const running = run(plan);
    // What an episode says after an interruption is of no use any more.
    running.catch(() => undefined);
    const episode = await Promise.race([running, interrupted]);
    if (episode.outcome !== 'unclear') this.#count(episode);
    return episode;
  }

  async narrow(episode: Episode): Promise<void> {
    const first = episode.plan;
    this.found = { first, episode, failed: 0, of: 0 };
    const shortest = await shorten(
      episode,
      (plan) => this.carryOut(plan, 'something was found: looking for a shorter way to it'),
      { onShorter: (shorter) => (this.found = { first, episode: shorter, failed: 0, of: 0 }) },
    );
    await this.repeat(shortest.plan);
  }

  async repeat(plan: Plan): Promise<void> {
    let failed = 0;
    for (let of = 1; of <= repeats; of += 1) {
      const episode = await this.carryOut(plan, `repeat ${of} of ${repeats}`);
      if (episode.outcome === 'failed') failed += 1;
      const first = this.found?.first ?? plan;
      if (episode.outcome === 'failed') this.found = { first, episode, failed, of };
      else if (this.found) this.found = { ...this.found, failed, of };
    }
  }

  #count({ plan, hit }: Episode): void {
    this.tried.episodes += 1;
    this.tried.actions += plan.actions;
    for (const id of hit) this.tried.troubles.set(id, (this.tried.troubles.get(id) ?? 0) + 1);
  }
}
