import { modes, type Mode } from '../src/lib/course.ts';

/** What a first visit may take at most, in bytes of bodies as they cross the wire. */
export interface Budget {
  bytes: number;
  /** Files of their own and scripts in the page, compressed. */
  scripts: number;
  /** The page's own and that for its icon included. */
  requests?: number;
}

const kB = 1000;
const list: Budget = { bytes: 12 * kB, scripts: 1 * kB };
const text: Budget = { bytes: 30 * kB, scripts: 6 * kB };
const program: Budget = { bytes: 45 * kB, scripts: 25 * kB };

/** A lesson's budget is its mode's. A lesson that is yet to be written has one already. */
const ofMode: Record<Mode['id'], Budget> = {
  learn: { bytes: 10 * kB, scripts: 1 * kB, requests: 2 },
  visualize: { bytes: 18 * kB, scripts: 3 * kB },
  why: text,
  deep: text,
  try: text,
  challenge: text,
  project: text,
  review: program,
  scale: program,
};

/** The budget of a page: of a lesson that of its mode, of home and chapters their own. */
export function budgetOf(path: string): Budget {
  const mode = modes.find(({ id }) => path.endsWith(`/${id}/`));
  return mode ? ofMode[mode.id] : list;
}
