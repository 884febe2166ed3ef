import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodes, type GradeResult, type Outcome } from '../grade/results.ts';
import type { Graded } from '../grade/load.ts';
import { rejudge } from '../grade/judge-kept.ts';
import { root, runsFolder } from '../run/paths.ts';
import type { Problem, Proof } from './problem.ts';

/** Where this proof's gradings keep what they leave: a learner's own results stay as they are. */
const folder = join(runsFolder, 'proof');

/**
 * Grades the solution and the starter once with Playwright's runner, as `npm run grade` does: exit
 * codes, results and journals must say what the warm runner said.
 */
export async function provePlaywright(
  graded: Graded,
  onProof: (proof: Proof) => void,
): Promise<void> {
  for (const [source, outcome] of [
    ['solution', 'pass'],
    ['starter', 'fail'],
  ] as const) {
    const { code, output } = await gradeOnce(graded.lab.slug, source);
    onProof({
      name: `npm run grade: the ${source} of ${graded.lab.slug} ends with ${exitCodes[outcome]}`,
      problems: problems(graded, source, outcome, code, output),
    });
  }
}

function problems(
  graded: Graded,
  source: string,
  outcome: Outcome,
  code: number | null,
  output: string,
): Problem[] {
  const { slug } = graded.lab;
  const found: Problem[] = [];
  const next = `npm run grade ${slug.slice(0, 2)} -- --source ${source}`;
  const add = (what: string): void => void found.push({ where: `labs/${slug}`, what, next });
  if (code !== exitCodes[outcome])
    add(`wrong exit code: got ${code}, expected ${exitCodes[outcome]}\n${output}`);
  const result = JSON.parse(
    readFileSync(join(folder, slug, 'results.json'), 'utf8'),
  ) as GradeResult;
  const others = result.checks.filter((c) => c.outcome !== outcome);
  if (others.length > 0 || result.checks.length !== graded.checks.length)
    add(
      `wrong results: got ${result.checks.map((c) => `${c.id} ${c.outcome}`).join(', ')}, expected ${graded.checks.length} times ${outcome}`,
    );
  if (result.source !== source) add(`wrong source: got ${result.source}, expected ${source}`);
  if (!result.journal) return found;
  const all = rejudge(graded, readFileSync(join(root, result.journal), 'utf8'));
  const other = all.filter((v) => v.now.verdict !== v.before);
  if (all.length === 0) add(`the journal holds no verdict to judge again: ${result.journal}`);
  for (const v of other) add(`judged again, ${v.run} is ${v.now.verdict}: it was ${v.before}`);
  return found;
}

function gradeOnce(slug: string, source: string): Promise<{ code: number | null; output: string }> {
  const cli = join(root, 'labs/kit/cli.ts');
  const child = spawn(process.execPath, [cli, 'grade', slug, '--source', source], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NINE_HOPS_RUNS: folder },
  });
  const parts: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => parts.push(part));
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, output: Buffer.concat(parts).toString() }));
  });
}
