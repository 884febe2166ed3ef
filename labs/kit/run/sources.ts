import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { learnerApps, type Lab } from './define.ts';
import { labFolder, runsFolder } from './paths.ts';
import { starterOf } from './starter.ts';

/** Finds the file that runs as a service, or is read as a record, from its file name. */
export type Source = (file: string) => string;

/** The file names of the services that a learner edits. */
export const serviceFiles = (lab: Lab): string[] => learnerApps(lab).map((app) => app.file);

/** The names of all files that a learner edits: services, then records. */
export const learnerFiles = (lab: Lab): string[] => [...serviceFiles(lab), ...(lab.records ?? [])];

/**
 * The folder that the learner edits. `NINE_HOPS_SRC` names another place, for tests that must neither
 * need nor touch anybody's work: `<place>/<slug>`, inside the course like `NINE_HOPS_RUNS`.
 */
export function learnerFolder({ slug }: Lab): string {
  const elsewhere = process.env['NINE_HOPS_SRC'];
  return elsewhere ? join(elsewhere, slug) : join(labFolder(slug), 'src');
}

/** What the learner edits. */
export const learnerSource =
  (lab: Lab): Source =>
  (file) =>
    join(learnerFolder(lab), file);

export const solutionSource =
  (lab: Lab): Source =>
  (file) =>
    join(labFolder(lab.slug), 'solution', file);

/** A folder that holds only the files that differ from the solution: a mutant or an alternative. */
export const variantSource =
  (lab: Lab, folder: string): Source =>
  (file) => {
    const own = join(folder, file);
    return existsSync(own) ? own : solutionSource(lab)(file);
  };

/** The starter of one file, generated afresh from the solution. */
export const freshStarter = (lab: Lab, file: string): string =>
  starterOf(readFileSync(solutionSource(lab)(file), 'utf8'));

/**
 * The whole starter, generated into a temporary folder inside the course, since services find their
 * packages by their place. Call `remove` when done.
 */
export function starterSource(lab: Lab): { source: Source; remove: () => void } {
  const unique = `${process.pid}-${randomBytes(4).toString('hex')}`;
  const folder = join(runsFolder, 'tmp', `starter-${lab.slug}-${unique}`);
  mkdirSync(folder, { recursive: true });
  for (const file of learnerFiles(lab)) writeFileSync(join(folder, file), freshStarter(lab, file));
  return {
    source: (file) => join(folder, file),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/**
 * The source that a name stands for: `src` (the learner's), `solution`, `starter`, or a folder as
 * `mutants/NAME` and `alternatives/NAME`.
 * @throws if the name is none of them
 */
export function namedSource(lab: Lab, name: string): { source: Source; remove: () => void } {
  const keep = (): void => undefined;
  if (name === 'src') return { source: learnerSource(lab), remove: keep };
  if (name === 'solution') return { source: solutionSource(lab), remove: keep };
  if (name === 'starter') return starterSource(lab);
  const folder = join(labFolder(lab.slug), name);
  if (/^(?:mutants|alternatives)\/[\w-]+$/.test(name) && existsSync(folder))
    return { source: variantSource(lab, folder), remove: keep };
  throw new Error(
    `[lab] no such source: got ${name}, expected src, solution, starter, mutants/NAME or alternatives/NAME`,
  );
}

/** Files of `src/` that differ from the fresh starter, or are missing. */
export const editedFiles = (lab: Lab): string[] =>
  learnerFiles(lab).filter((file) => {
    const path = learnerSource(lab)(file);
    return !existsSync(path) || readFileSync(path, 'utf8') !== freshStarter(lab, file);
  });

/**
 * Restores the starter. What the learner had is kept: returns the folder with the copies, or
 * undefined if nothing was edited.
 */
export function resetSources(lab: Lab): string | undefined {
  const edited = editedFiles(lab);
  if (edited.length === 0) return undefined;
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const backup = join(runsFolder, lab.slug, 'before-reset', stamp);
  mkdirSync(backup, { recursive: true });
  mkdirSync(learnerFolder(lab), { recursive: true });
  for (const file of edited) {
    const path = learnerSource(lab)(file);
    if (existsSync(path)) writeFileSync(join(backup, file), readFileSync(path));
    writeFileSync(path, freshStarter(lab, file));
  }
  return backup;
}
