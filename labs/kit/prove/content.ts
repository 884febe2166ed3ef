import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkArchitecture } from '../flow/validate.ts';
import type { Graded } from '../grade/load.ts';
import type { Lab } from '../run/define.ts';
import { labFolder, root } from '../run/paths.ts';
import { learnerFiles, serviceFiles, solutionSource } from '../run/sources.ts';
import { solutionOf, starterOf, tasksIn } from '../run/starter.ts';
import type { Problem } from './problem.ts';
import { seamProblems } from './seam.ts';

const leastChecks = 8;
const leastMutants = 10;
const leastAlternatives = 2;

/** What is wrong with a chapter's folders, without running anything. */
export function contentProblems(graded: Graded): Problem[] {
  const { slug } = graded.lab;
  return [
    ...folders(slug),
    ...definition(graded),
    ...provided(graded),
    ...written(graded),
    ...variants(graded),
  ];
}

function folders(slug: string): Problem[] {
  const wanted = [
    `site/src/chapters/${slug}`,
    `quiz/bank/${slug}/quiz.yaml`,
    ...[
      'README.md',
      'package.json',
      'flow.ts',
      'lab.ts',
      'grade.spec.ts',
      'schema',
      'src',
      'checks/index.ts',
      'solution',
    ].map((name) => `labs/${slug}/${name}`),
  ];
  return wanted
    .filter((path) => !existsSync(join(root, path)))
    .map((path) => ({
      where: path,
      what: `missing: chapter ${slug} is one slug in site, labs and quiz`,
      next: `write it as chapter 01-nine-hops has it, then npm run check ${slug.slice(0, 2)} -- --no-run`,
    }));
}

function definition({ lab, tasks, checks }: Graded): Problem[] {
  const where = `labs/${lab.slug}/checks`;
  const next = `npm run check ${lab.slug.slice(0, 2)}`;
  const problems: Problem[] = checkArchitecture(lab.architecture).map((what) => ({
    where: `labs/${lab.slug}/flow.ts`,
    what: what.replace(/\. Try:.*$/, ''),
    next,
  }));
  const add = (what: string): void => void problems.push({ where, what, next });
  if (checks.length < leastChecks)
    add(`too few checks: got ${checks.length}, expected at least ${leastChecks}`);
  const points = checks.reduce((sum, check) => sum + check.points, 0);
  if (points !== 100) add(`points don't add up: got ${points}, expected 100`);
  for (const check of checks) {
    if (checks.filter((c) => c.id === check.id).length > 1)
      add(`two checks are called ${check.id}`);
    if (!tasks.some((t) => t.n === check.task)) add(`${check.id}: no such task: got ${check.task}`);
    if (check.hints.length !== 3 || check.hints.some((hint) => hint.trim().length < 20))
      add(
        `${check.id}: got hints of ${check.hints.map((hint) => hint.trim().length).join(', ')} characters, expected three of at least 20`,
      );
  }
  for (const task of tasks)
    if (!checks.some((c) => c.task === task.n)) add(`task ${task.n} has no check`);
  return problems;
}

/** What is provided is read as a model, and obeys the same rules. A cache may be kept by a library. */
function provided({ lab }: Graded): Problem[] {
  const files = lab.apps.filter(({ learner }) => !learner).map(({ file }) => file);
  return [...new Set(files)].flatMap((file) => {
    const where = `labs/${lab.slug}/provided/${file}`;
    return seamProblems(where, readFileSync(join(root, where), 'utf8'), ['unstorage']);
  });
}

function written({ lab, tasks }: Graded): Problem[] {
  return learnerFiles(lab).flatMap((file) => {
    const where = `labs/${lab.slug}/solution/${file}`;
    const source = readFileSync(solutionSource(lab)(file), 'utf8');
    try {
      const marked = tasksIn(source).filter((n) => !tasks.some((t) => t.n === n));
      return [
        ...marked.map((n) => ({
          where,
          what: `no such task: got #task ${n}`,
          next: 'mend the number',
        })),
        ...seam(lab, file, where, solutionOf(source)),
        ...seam(lab, file, `${where} (as starter)`, starterOf(source)),
      ];
    } catch (error) {
      return [{ where, what: (error as Error).message, next: 'mend the marked regions' }];
    }
  });
}

/** What services must be; a record is read, and never runs. */
const seam = (lab: Lab, file: string, where: string, source: string): Problem[] =>
  serviceFiles(lab).includes(file) ? seamProblems(where, source) : [];

function variants({ lab, checks }: Graded): Problem[] {
  const problems: Problem[] = [];
  const known = learnerFiles(lab);
  for (const [kind, least] of [
    ['mutants', leastMutants],
    ['alternatives', leastAlternatives],
  ] as const) {
    const names = variantNames(lab.slug, kind);
    const where = `labs/${lab.slug}/${kind}`;
    if (names.length < least)
      problems.push({
        where,
        what: `too few: got ${names.length}, expected at least ${least}`,
        next: 'add a folder with only the file that differs from the solution',
      });
    for (const name of names) {
      const folder = `${where}/${name}`;
      const files = readdirSync(join(root, folder)).filter((file) => file !== 'message.txt');
      for (const file of files.filter((f) => !known.includes(f)))
        problems.push({ where: `${folder}/${file}`, what: 'a stray file', next: 'remove it' });
      for (const file of files.filter((f) => known.includes(f))) {
        const source = readFileSync(join(root, folder, file), 'utf8');
        problems.push(...seam(lab, file, `${folder}/${file}`, solutionOf(source)));
        if (source === solutionOf(readFileSync(solutionSource(lab)(file), 'utf8')))
          problems.push({
            where: `${folder}/${file}`,
            what: 'the same as the solution',
            next: 'remove it',
          });
      }
      if (kind === 'mutants' && !checks.some((c) => c.id === name.split('--')[0]))
        problems.push({
          where: folder,
          what: `no such check: got ${name.split('--')[0]}, expected <check>--<mistake>`,
          next: `rename the folder after one of ${checks.map((c) => c.id).join(', ')}`,
        });
    }
  }
  return problems;
}

/** The folders of a lab's mutants or alternatives. */
export function variantNames(slug: string, kind: 'mutants' | 'alternatives'): string[] {
  const folder = join(labFolder(slug), kind);
  return existsSync(folder) ? readdirSync(folder).toSorted() : [];
}
