import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { slugs } from '../grade/load.ts';
import type { GradeResult } from '../grade/results.ts';
import { root, runsFolder } from '../run/paths.ts';

interface Row {
  name: string;
  value: string;
  aim?: string;
}

/** How many of all labs' checks are named. */
const slowest = 5;

/** One lab's solution, graded by a command of its own, as a teacher does it. */
interface Graded {
  slug: string;
  seconds: number;
  result: GradeResult;
}

/**
 * Grades each lab's solution cold, one after the other: how long that takes, and which checks take most.
 * @throws if a solution does not pass: a grading that stops early would look fast
 */
export async function benchGrading(): Promise<Row[]> {
  mkdirSync(runsFolder, { recursive: true });
  const runs = mkdtempSync(join(runsFolder, 'bench-'));
  try {
    const all: Graded[] = [];
    for (const slug of slugs()) all.push(await gradeCold(slug, runs));
    const total = all.reduce((sum, { seconds }) => sum + seconds, 0);
    const checks = all.flatMap(({ slug, result }) =>
      result.checks.map(({ id, ms }) => ({ name: `  ${slug.slice(0, 2)} ${id}`, ms })),
    );
    return [
      { name: `all ${all.length} labs`, value: inSeconds(total), aim: 'under 120 s' },
      ...all.map(({ slug, seconds }) => ({ name: slug, value: inSeconds(seconds) })),
      ...checks
        .toSorted((a, b) => b.ms - a.ms)
        .slice(0, slowest)
        .map(({ name, ms }) => ({ name, value: inSeconds(ms / 1_000) })),
    ];
  } finally {
    rmSync(runs, { recursive: true, force: true });
  }
}

async function gradeCold(slug: string, runs: string): Promise<Graded> {
  const began = performance.now();
  const args = [join(root, 'labs/kit/cli.ts'), 'grade', slug.slice(0, 2), '--source', 'solution'];
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, NINE_HOPS_RUNS: runs },
    stdio: 'ignore',
  });
  const [code] = (await once(child, 'close')) as [number | null];
  const seconds = (performance.now() - began) / 1_000;
  if (code !== 0)
    throw new Error(
      `[bench] the solution of ${slug} did not pass: got exit code ${code}, expected 0. Try: npm run grade ${slug.slice(0, 2)} -- --source solution`,
    );
  const text = readFileSync(join(runs, slug, 'results.json'), 'utf8');
  return { slug, seconds, result: JSON.parse(text) as GradeResult };
}

const inSeconds = (seconds: number): string => `${seconds.toFixed(1)} s`;
