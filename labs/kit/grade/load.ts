import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Flow } from '../flow/types.ts';
import type { Lab } from '../run/define.ts';
import { labFolder, labsFolder } from '../run/paths.ts';
import type { Check, Task } from './check.ts';

/** A lab with what grades it. */
export interface Graded {
  lab: Lab;
  tasks: readonly Task[];
  checks: readonly Check[];
  /** Every flow that a verdict may name. */
  flows: readonly Flow[];
}

/** The slugs of all labs, in order: `01-nine-hops`. */
export const slugs = (): string[] =>
  readdirSync(labsFolder)
    .filter((name) => /^\d\d-/.test(name))
    .toSorted();

/**
 * The slug that a person means by `01`, `1` or `01-nine-hops`.
 * @throws if there is no such lab, naming those there are
 */
export function slugOf(wanted: string | undefined): string {
  const all = slugs();
  const padded = /^\d$/.test(wanted ?? '') ? `0${wanted}` : wanted;
  const found = all.find((slug) => slug === padded || slug.slice(0, 2) === padded);
  if (found) return found;
  const got = wanted === undefined ? 'no lab' : `lab ${wanted}`;
  throw new Error(
    `[lab] no such lab: got ${got}, expected one of ${all.join(', ')}. Try: npm run lab ${all[0]?.slice(0, 2)}`,
  );
}

/**
 * Loads a lab's definition, tasks, checks and flows.
 * @throws if a file is missing, or the lab's slug is not its folder's name
 */
export async function loadLab(slug: string): Promise<Graded> {
  const module = (file: string): Promise<unknown> => {
    const path = join(labFolder(slug), file);
    if (!existsSync(path))
      throw new Error(
        `[labs/${slug}/${file}] missing: got no such file, expected one as in labs/01-nine-hops. Try: write it, then npm run check ${slug.slice(0, 2)} -- --no-run`,
      );
    return import(pathToFileURL(path).href);
  };
  await module('flow.ts');
  const { default: lab } = (await module('lab.ts')) as { default: Lab };
  for (const [what, got] of [
    ['slug', lab.slug],
    ['architecture.id', lab.architecture.id],
  ])
    if (got !== slug)
      throw new Error(
        `[labs/${slug}/lab.ts] wrong ${what}: got ${got}, expected ${slug}, the folder's name. Try: mend it, then npm run check ${slug.slice(0, 2)} -- --no-run`,
      );
  const { tasks, checks } = (await module('checks/index.ts')) as Pick<Graded, 'tasks' | 'checks'>;
  return { lab, tasks, checks, flows: [...lab.architecture.flows, ...lab.parts] };
}
