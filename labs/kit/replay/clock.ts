/** Something to draw at a time. `room`: how far below the one before in the same `lane` it must be. */
export interface Moment {
  at: number;
  lane: number;
  room: number;
}

/** A pause that is drawn shorter than it was. */
export interface Pause {
  y: number;
  ms: number;
}

/** Where a time stands on a diagram's one time axis. */
export interface Clock {
  /** The heights of the moments, as they were given. */
  ys: readonly number[];
  /** The height of a time: that of the last moment until then. */
  y: (at: number) => number;
  height: number;
  pauses: readonly Pause[];
}

/** Pixels a millisecond, where a gap is neither too short to be seen nor too long. */
const pace = 3;
const longest = 64;
/** Moments of two lanes that are close in time must still tell which was first. */
const apart = 5;

/**
 * One clock for everything drawn side by side. Time runs down and keeps its order: what came later is
 * never higher. Gaps are proportional, but short ones are stretched so that words fit, and long ones
 * are cut; those are the pauses, to be marked.
 */
export function clockFor(moments: readonly Moment[], top: number): Clock {
  const sorted = moments.toSorted((a, b) => a.at - b.at);
  const placed: { at: number; y: number; moment: Moment }[] = [];
  const lowest = new Map<number, number>();
  const pauses: Pause[] = [];
  let [at, y] = [0, top];
  for (const moment of sorted) {
    const gap = moment.at - at;
    const isLong = gap * pace > longest;
    const wanted = gap === 0 ? y : y + Math.min(Math.max(gap * pace, apart), longest);
    const below = lowest.get(moment.lane);
    const next = Math.max(wanted, below === undefined ? top : below + moment.room);
    if (isLong) pauses.push({ y: Math.round((y + next) / 2), ms: gap });
    y = Math.round(next);
    at = moment.at;
    lowest.set(moment.lane, y);
    placed.push({ at, y, moment });
  }
  const heights = new Map(placed.map((p) => [p.moment, p.y]));
  return {
    ys: moments.map((moment) => heights.get(moment)!),
    y: (wanted) => placed.findLast((p) => p.at <= wanted)?.y ?? top,
    height: y,
    pauses,
  };
}
