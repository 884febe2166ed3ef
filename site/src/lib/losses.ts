import { figureInWords } from '../../../labs/kit/record/units.ts';
import { buses, type BusId, type Loss, type Losses } from '../../../labs/kit/storm/losses.ts';
import type { Figure } from './figures.ts';

/** What a lesson shows of storms: for each variant a row, for each bus its columns. */
export interface LossTable {
  /** `Lost, aedes`. */
  columns: readonly string[];
  rows: readonly { title: string; cells: readonly Cell[] }[];
}

/** A figure with its range, which is empty where there is none; undefined where the bus was missing. */
export type Cell = (Figure & { from: string }) | undefined;

const names: Record<BusId, string> = { aedes: 'aedes', mosquitto: 'Mosquitto' };
const measures = ['lost', 'twice'] as const;
const heads = { lost: 'Lost', twice: 'Reserved twice' };

const number = (n: number): string => figureInWords(n, 'count');

/** A loss as a text shows it, its range beside it. */
function figure(loss: Loss, measure: keyof Loss, runs: number): Figure & { from: string } {
  const { median, min, max } = loss[measure];
  const from = `${number(min)} to ${number(max)}`;
  const range = `${from} in ${runs} storms`;
  return { value: median, text: number(median), range, from: min === max ? '' : from };
}

/** The table of losses: the variants as rows, what was lost and done twice on each bus as columns. */
export function lossTable({ runs, variants }: Losses): LossTable {
  const columns = buses.flatMap((bus) => measures.map((measure) => ({ bus, measure })));
  return {
    columns: columns.map(({ bus, measure }) => `${heads[measure]}, ${names[bus]}`),
    rows: variants.map(({ title, on }) => ({
      title,
      cells: columns.map(({ bus, measure }) => on[bus] && figure(on[bus], measure, runs)),
    })),
  };
}

/** A bus that was missing, with the line that installs it. */
export const skippedIn = ({ skipped }: Losses): { name: string; line: string }[] =>
  buses.flatMap((bus) => {
    const line = skipped[bus];
    return line === undefined ? [] : [{ name: names[bus], line }];
  });

/**
 * The figure that a text names: `outbox.aedes.lost`.
 * @throws if there is none, naming those there are
 */
export function lossOf({ lab, runs, variants }: Losses, of: string): Figure {
  const known = variants.flatMap(({ id, on }) =>
    buses.flatMap((bus) => {
      const loss = on[bus];
      const all = [...measures, 'messages'] as const;
      return loss ? all.map((measure) => ({ of: `${id}.${bus}.${measure}`, loss, measure })) : [];
    }),
  );
  const found = known.find((one) => one.of === of);
  if (found) return figure(found.loss, found.measure, runs);
  throw new Error(
    `[labs/${lab}/losses.json] no such figure: got ${of}, expected one of ${known.map((one) => one.of).join(', ')}. Try: npm run record ${lab.slice(0, 2)} -- --losses`,
  );
}
