import type { TryRun } from '../../../quiz/src/tasks.ts';
import type { SeenHop } from '../flow/types.ts';
import type { Circumstances } from '../record/circumstances.ts';

/** The hops of one run of one variant, as they are judged. */
export interface TriedRun {
  /** Milliseconds from the run's begin until watching ended. */
  endAt: number;
  /** Deadlines were multiplied by it. */
  factor: number;
  /** `at` is milliseconds since the run began. */
  hops: readonly SeenHop[];
}

/** `labs/NN/tried.json`: what the small tasks’ answers do on the wire, with all that judging needs. */
export interface Tried extends Circumstances {
  format: 1;
  lab: string;
  /** Hash of the lab's flows: runs are judged by the flows that they were recorded under. */
  flow: string;
  /** By what was done and by variant: `place-order, solution`. */
  runs: Record<string, TriedRun>;
}

/** What a run is kept under. */
export const keyOf = ({ action, trouble, check, nth = 1 }: TryRun, variant: string): string =>
  check === undefined
    ? [action, trouble, variant].filter(Boolean).join(', ')
    : `${check} ${nth}, ${variant}`;

type Cells = [number, string, string, string, string, string?, (1 | 0)?, number?];

/** The file's text: a line a run, a hop in a list. */
export function writeTried({ runs, ...header }: Tried): string {
  const lines = Object.entries(runs).map(([key, { hops, ...run }]) => {
    const cells = hops.map(cellsOf);
    return `  ${JSON.stringify(key)}: ${JSON.stringify({ ...run, hops: cells })}`;
  });
  const head = JSON.stringify(header, null, 1).replace(/\n\}$/, ',');
  return `${head}\n "runs": {\n${lines.join(',\n')}\n }\n}\n`;
}

/** Reads what `writeTried` has written, parsed. */
export function readTried(parsed: unknown): Tried {
  const { runs, ...header } = parsed as Omit<Tried, 'runs'> & {
    runs: Record<string, Omit<TriedRun, 'hops'> & { hops: Cells[] }>;
  };
  const read = Object.entries(runs).map(
    ([key, run]) => [key, { ...run, hops: run.hops.map(hopOf) }] as const,
  );
  return { ...header, runs: Object.fromEntries(read) };
}

function cellsOf({ at, via, kind, from, to, detail, inferred, instance }: SeenHop): Cells {
  const cells: Cells = [at, via, kind, from, to];
  if (detail !== undefined || inferred || instance !== undefined) cells.push(detail ?? '');
  if (inferred || instance !== undefined) cells.push(inferred ? 1 : 0);
  if (instance !== undefined) cells.push(instance);
  return cells;
}

const hopOf = ([at, via, kind, from, to, detail, inferred, instance]: Cells): SeenHop => ({
  at,
  via: via as SeenHop['via'],
  kind,
  from,
  to,
  ...(detail && { detail }),
  ...(inferred && { inferred: true }),
  ...(instance !== undefined && { instance }),
});
