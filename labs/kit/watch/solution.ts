import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '../run/define.ts';
import { labFolder } from '../run/paths.ts';
import { learnerFiles, solutionSource } from '../run/sources.ts';
import { solutionOf } from '../run/starter.ts';
import { variantNames } from '../prove/content.ts';

export interface Page {
  title: string;
  text: string;
}

/** What opens once all checks pass: the annotated solution, then each alternative, a file a page. */
export function solutionPages(lab: Lab): Page[] {
  const files = learnerFiles(lab);
  const solution = files.map((file) => ({
    title: `The solution, with its reasons: solution/${file}`,
    text: solutionOf(readFileSync(solutionSource(lab)(file), 'utf8')),
  }));
  const alternatives = variantNames(lab.slug, 'alternatives').flatMap((name) =>
    files
      .map((file) => join(labFolder(lab.slug), 'alternatives', name, file))
      .filter((path) => existsSync(path))
      .map((path) => ({
        title: `Another way, just as right: alternatives/${name}`,
        text: readFileSync(path, 'utf8'),
      })),
  );
  return [...solution, ...alternatives];
}
