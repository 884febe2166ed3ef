/** One line of the table: what was measured, what came out, and what it should be. */
export interface Row {
  name: string;
  value: string;
  aim?: string;
}

/** The middle value; 0 if there is none. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** The middle value, and the lowest and highest, of some seconds. */
export function medianSeconds(seconds: readonly number[]): string {
  const middle = median(seconds);
  if (seconds.length === 1) return `${middle.toFixed(1)} s`;
  const [low, high] = [Math.min(...seconds), Math.max(...seconds)];
  return `${middle.toFixed(2)} s (${low.toFixed(2)}–${high.toFixed(2)}, n = ${seconds.length})`;
}

/** Rows as text, in columns. */
export function formatTable(rows: readonly Row[]): string {
  const width = (column: (row: Row) => string): number =>
    Math.max(0, ...rows.map((row) => column(row).length));
  const names = width(({ name }) => name);
  const values = width(({ value }) => value);
  return rows
    .map(({ name, value, aim }) =>
      `  ${name.padEnd(names)}  ${value.padStart(values)}${aim ? `  aim: ${aim}` : ''}`.trimEnd(),
    )
    .join('\n');
}
