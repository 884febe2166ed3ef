/** Of several measurements the middle one, the least and the most. */
export interface Spread {
  median: number;
  min: number;
  max: number;
}

/** Median and range, rounded to tenths. */
export function spread(values: readonly number[]): Spread {
  if (values.length === 0)
    throw new Error('[record] nothing was measured: expected at least one run');
  const sorted = values.toSorted((a, b) => a - b);
  return { median: tenth(middle(sorted)), min: tenth(sorted[0]!), max: tenth(sorted.at(-1)!) };
}

/** The index of the measurements that are, all figures taken together, nearest their medians. */
export function nearest(all: readonly Readonly<Record<string, number>>[]): number {
  const names = Object.keys(all[0] ?? {});
  const medians = names.map((name) => middle(all.map((m) => m[name]!).toSorted((a, b) => a - b)));
  // In parts of the median: a large figure must not drown a small one.
  const distances = all.map((measured) =>
    names.reduce(
      (sum, name, i) => sum + Math.abs(measured[name]! - medians[i]!) / (medians[i]! || 1),
      0,
    ),
  );
  return distances.indexOf(Math.min(...distances));
}

function middle(sorted: readonly number[]): number {
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

const tenth = (value: number): number => Math.round(value * 10) / 10;
