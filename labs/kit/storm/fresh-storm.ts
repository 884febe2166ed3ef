import { LabFailed } from '../grade/errors.ts';
import { crashFinding } from '../grade/run-check.ts';
import { Tools } from '../grade/tools.ts';
import type { Finding } from '../grade/results.ts';
import type { Crash } from '../run/crash.ts';
import type { Lab } from '../run/define.ts';
import { Dice } from '../run/dice.ts';
import { startLab } from '../run/running-lab.ts';
import type { StartOptions } from '../run/start-options.ts';
import { stormPlan } from './plan.ts';
import { runStorm, type StormResult } from './run-storm.ts';
import type { Storm } from './storm.ts';
import { stormFinding } from './words.ts';

export interface FreshStorm extends StartOptions {
  seed: string;
  orders: number;
  kills: number;
  /** Told the number of each order while whose placing the bus is killed. */
  onKill?: (n: number) => void;
  /** Ends it before its end. */
  signal?: AbortSignal;
}

/** A storm that has come and gone, and what there is to say of it, if there is. */
export interface Told {
  result: StormResult;
  finding: Finding | undefined;
  /** The service that has stopped by itself, if one has: then the result is of no whole storm. */
  crash: Crash | undefined;
}

/**
 * Starts a lab for one storm and ends it: storms share no tables, so that each is what its seed makes it.
 * @returns undefined if the signal ended it
 * @throws LabFailed if it can’t be started, or a part that no learner wrote has stopped; NotAsExpected
 */
export async function freshStorm(
  lab: Lab,
  storm: Storm,
  { seed, orders, kills, signal, onKill, ...options }: FreshStorm,
): Promise<Told | undefined> {
  const running = await startLab(lab, { ...options, seed }).catch((error: Error) => {
    throw new LabFailed(error.message, { cause: error });
  });
  try {
    const { promise: aborted, resolve } = Promise.withResolvers<void>();
    signal?.addEventListener('abort', () => resolve());
    if (signal?.aborted) return undefined;
    const storming = runStorm(
      new Tools(running),
      storm,
      stormPlan(seed, { orders, kills }),
      onKill,
    );
    const result = await Promise.race([storming, aborted]);
    if (running.failure !== undefined) throw new LabFailed(running.failure);
    if (!result) return undefined;
    const [crash] = running.apps.crashes.values();
    const finding = crash ? crashFinding(crash) : stormFinding(result, storm, lab.architecture);
    return { result, finding, crash };
  } finally {
    await running.stop();
  }
}

/** Seeds of several storms: the first is the one that was given. */
export function stormSeeds(seed: string, times: number): string[] {
  const dice = new Dice(seed);
  const others = Array.from({ length: times - 1 }, () =>
    dice
      .roll(2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  );
  return [seed, ...others];
}
