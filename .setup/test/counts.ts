/** What a run of tests came to. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** The one form in which counts are printed, by us and by every step that counts its own tests. */
export function formatCounts({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** Reads the last line of that form. @returns undefined if there is none */
export function parseCounts(output: string): Counts | undefined {
  const lines = [...output.matchAll(/^(\d+) passed, (\d+) failed, (\d+) skipped$/gm)];
  const last = lines.at(-1);
  if (!last) return undefined;
  const [passed, failed, skipped] = last.slice(1).map(Number);
  return { passed: passed ?? 0, failed: failed ?? 0, skipped: skipped ?? 0 };
}

/** Adds counts up. */
export function sumCounts(all: readonly Counts[]): Counts {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const counts of all) {
    sum.passed += counts.passed;
    sum.failed += counts.failed;
    sum.skipped += counts.skipped;
  }
  return sum;
}

/** The line by which a step names something that it skipped, and why. */
export function formatSkip(name: string, reason: string): string {
  return `skipped: ${name}${reason ? ` (${reason})` : ''}`;
}

/** What a step's output names as skipped. */
export function parseSkips(output: string): string[] {
  return [...output.matchAll(/^skipped: (.+)$/gm)].map((line) => line[1] ?? '');
}
