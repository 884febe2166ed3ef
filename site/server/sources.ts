import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the built pages depend on, as globs below the repository's folder. */
const patterns = [
  'site/src/**/*',
  'site/public/**/*',
  'site/astro.config.ts',
  'site/tsconfig.json',
  'site/server/{build-child,own-policy,precompress}.ts',
  'quiz/bank/**/*',
  'quiz/src/**/*',
  'labs/*/*.ts',
  'labs/*/checks/**/*',
  'labs/*/{README.md,losses.json,packets.json,recorded.json,tried.json}',
  'labs/*/{solution,mutants,alternatives}/**/*.{ts,yaml}',
  'labs/kit/**/*',
  'package-lock.json',
];

/**
 * A hash of everything that the pages are built from. By content, not by time: a checkout, a copy or
 * a second save of the same text must not cost a build. Tests are left out; no page shows them.
 */
export function hashSources(folder: string = root): string {
  const hash = createHash('sha256');
  const files = globSync(patterns, { cwd: folder })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !/\.(test|spec)\.ts$/.test(file))
    .toSorted();
  for (const file of files) {
    const path = join(folder, file);
    // An editor may take a file away between the listing and the reading.
    if (!existsSync(path) || !statSync(path).isFile()) continue;
    const content = readFileSync(path);
    hash.update(`${file}\0${content.byteLength}\0`).update(content);
  }
  return hash.digest('hex');
}
