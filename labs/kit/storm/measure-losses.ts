import { mosquittoMissing } from '../run/find-mosquitto.ts';
import type { Lab } from '../run/define.ts';
import { namedSource } from '../run/sources.ts';
import { circumstances } from '../record/circumstances.ts';
import { spread } from '../record/statistics.ts';
import { freshStorm, stormSeeds, type Told } from './fresh-storm.ts';
import { buses, type BusId, type Loss, type Losses } from './losses.ts';
import type { StormResult } from './run-storm.ts';
import type { Storm } from './storm.ts';

export interface LossesOptions {
  seed: string;
  runs: number;
  orders: number;
  kills: number;
  /** Which Mosquitto there is; undefined if it is missing. */
  mosquitto: string | undefined;
  /** Told of each storm. */
  say: (text: string) => void;
}

/**
 * Storms over each variant of a lab on each bus, in turns and with the same seeds for all of them, so that
 * what slows the machine for a while slows none of them alone.
 * @throws LabFailed if a lab can’t be started; an error that says what to try if a storm was no whole one
 */
export async function measureLosses(
  lab: Lab,
  storm: Storm,
  { seed, runs, orders, kills, mosquitto, say }: LossesOptions,
): Promise<Losses> {
  const here = buses.filter((bus) => bus !== 'mosquitto' || mosquitto !== undefined);
  const all = storm.variants.map((variant) => ({ variant, on: new Map<BusId, StormResult[]>() }));
  for (const [i, each] of stormSeeds(seed, runs).entries())
    for (const brokerUrl of here)
      for (const { variant, on } of all) {
        const { source, remove } = namedSource(lab, variant.source);
        const size = { seed: each, orders, kills };
        const told = await freshStorm(lab, storm, { ...size, source, brokerUrl }).finally(remove);
        const problem = notWhole(told!, orders);
        if (problem !== undefined)
          throw new Error(
            `[labs/${lab.slug}/storm.ts] ${variant.source}: ${problem}. Try: npm run lab storm ${lab.slug.slice(0, 2)} -- --seed ${each} --source ${variant.source}`,
          );
        const { result } = told!;
        on.set(brokerUrl, [...(on.get(brokerUrl) ?? []), result]);
        say(
          `${i + 1}/${runs} ${brokerUrl} ${variant.id}: ${result.lost.length} lost, ${result.twice.length} twice, ${result.seconds.toFixed(1)} s`,
        );
      }
  const { versions, ...about } = circumstances();
  return {
    format: 1,
    lab: lab.slug,
    runs,
    orders,
    kills,
    ...about,
    versions: { ...versions, ...(mosquitto !== undefined && { mosquitto }) },
    skipped: mosquitto === undefined ? { mosquitto: mosquittoMissing } : {},
    variants: all.map(({ variant: { id, title }, on }) => ({
      id,
      title,
      on: Object.fromEntries([...on].map(([bus, results]) => [bus, lossOf(results)])),
    })),
  };
}

/**
 * Why a storm gives no figure, if it gives none: “lost of 1,000” must be of all of them, and what a
 * service that stopped has left undone is not what this way to do it loses.
 */
export function notWhole(
  { result: { accepted }, crash }: Pick<Told, 'result' | 'crash'>,
  orders: number,
): string | undefined {
  if (crash)
    return `${crash.component} stopped: got ${crash.error}, expected that it keeps running`;
  if (accepted < orders) return `got ${accepted} orders accepted, expected ${orders}`;
  return undefined;
}

const lossOf = (results: readonly StormResult[]): Loss => ({
  lost: spread(results.map(({ lost }) => lost.length)),
  twice: spread(results.map(({ twice }) => twice.length)),
  messages: spread(results.map(({ messages }) => messages)),
});
