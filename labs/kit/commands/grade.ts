import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { exitCodes, type GradeResult } from '../grade/results.ts';
import { loadLab, slugOf } from '../grade/load.ts';
import { missingSources } from '../live/missing.ts';
import { brokerFor } from '../run/broker.ts';
import { compileCache } from '../run/launch.ts';
import { judgeKept } from '../grade/judge-kept.ts';
import { lockLab } from '../run/lock.ts';
import { removeLeftovers } from '../run/leftovers.ts';
import { root, runsFolder } from '../run/paths.ts';
import { namedSource } from '../run/sources.ts';
import { readOptions, refuseSwallowed } from './options.ts';

const usage =
  'npm run grade 01 [-- --check ID] [--seed SEED] [--source src|solution|starter|mutants/NAME] [--journal FILE]';

/**
 * Grades a lab with Playwright's runner. Exit codes: 0 all passed, 1 a check failed, 2 a check is
 * broken, 3 inconclusive, 4 the lab could not run. `--journal` judges a kept journal again instead.
 */
export async function grade(args: string[]): Promise<number> {
  const { values, positionals } = readOptions(
    args,
    {
      check: { type: 'string' },
      seed: { type: 'string' },
      source: { type: 'string', default: 'src' },
      journal: { type: 'string' },
    },
    usage,
  );
  refuseSwallowed(['check', 'seed', 'source', 'journal'], usage);
  const slug = slugOf(positionals[0]);
  const graded = await loadLab(slug);
  if (values.journal) return judgeKept(graded, values.journal);
  // Whatever comes of this one, nobody may take the mark of the last for its.
  const results = join(runsFolder, slug, 'results.json');
  rmSync(results, { force: true });
  const known = graded.checks.map((c) => c.id);
  if (values.check !== undefined && !known.includes(values.check))
    throw new Error(
      `[grade] no such check: got ${values.check}, expected one of ${known.join(', ')}. Try: ${usage}`,
    );
  try {
    namedSource(graded.lab, values.source).remove();
  } catch (error) {
    throw new Error(`[grade] no such source: got ${values.source}. Try: ${usage}`, {
      cause: error,
    });
  }
  if (values.source === 'src') missingSources(graded.lab);
  // Names a broker that can't be used before the runner says so once a check.
  brokerFor(process.env['BROKER_URL'], '');
  removeLeftovers();
  const unlock = lockLab(slug, 'grading');
  const playwright = createRequire(import.meta.url).resolve('@playwright/test/cli');
  const filter = values.check === undefined ? [] : ['--grep', `\\s${values.check}$`];
  // Each runner empties its folder when it starts: two must not share one.
  const output = `--output=${join(runsFolder, 'playwright', `lab-${slug}`)}`;
  const project = `--project=lab-${slug}`;
  const child = spawn(process.execPath, [playwright, 'test', project, output, ...filter], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      ...compileCache,
      LAB_SOURCE: values.source,
      LAB_SEED: values.seed ?? randomBytes(4).toString('hex'),
    },
  });
  // Ctrl-C reaches the runner too; it stops the lab, and we wait for it.
  const ignore = (): void => undefined;
  process.on('SIGINT', ignore);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  process.off('SIGINT', ignore);
  unlock();
  return outcomeIn(results, code);
}

function outcomeIn(file: string, code: number | null): number {
  let result: GradeResult;
  try {
    result = JSON.parse(readFileSync(file, 'utf8')) as GradeResult;
  } catch {
    console.error(`[grade] no result was written: the runner ended with ${code}`);
    return exitCodes.infra;
  }
  console.log(`Results: ${file.slice(root.length + 1)}`);
  const said = exitCodes[result.outcome];
  // The runner and the results must agree that all is well.
  return said === 0 && code !== 0 ? exitCodes.infra : said;
}
