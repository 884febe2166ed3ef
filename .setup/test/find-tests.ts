import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const roots = ['.setup', 'labs', 'quiz', 'site'];
const notOurs = /^(node_modules|dist|runtime|\..+)$/;

/**
 * Lists all unit tests (`*.test.ts`), leaving out what tools made and each lab's `src`, which is
 * the learner's.
 * @param top the clone's top folder
 * @returns paths relative to it, sorted
 */
export function findTests(top: string): string[] {
  return roots.flatMap((folder) => walk(top, folder)).toSorted();
}

function walk(top: string, folder: string): string[] {
  const isLab = /^labs[/\\][^/\\]+$/.test(folder);
  return readdirSync(join(top, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return entry.name.endsWith('.test.ts') ? [path] : [];
    const skip = notOurs.test(entry.name) || (isLab && entry.name === 'src');
    return skip ? [] : walk(top, path);
  });
}
