import { stripTypeScriptTypes } from 'node:module';
import type { Problem } from './problem.ts';

/** All that a service may import: the same files will run where there is no file system. */
const allowed = ['hono', 'mqtt', 'node:sqlite', 'cockatiel'];
/** Blank lines and comments are free: they help. */
const mostLines = 80;

/**
 * What is wrong with a service file at the seam between services and kit: its imports, its length,
 * syntax that can't be erased, a missing app.
 * @param where the file, for messages
 * @param more what else it may import
 */
export function seamProblems(where: string, source: string, more: string[] = []): Problem[] {
  const problems: Problem[] = [];
  const add = (what: string, next: string): void => void problems.push({ where, what, next });
  const imported = [...source.matchAll(/\b(?:from|import\(?)\s*(['"`])(.+?)\1/g)].map(
    (match) => match[2] ?? '',
  );
  for (const name of imported)
    if (
      ![...allowed, ...more].some((a) => name === a || (a === 'hono' && name.startsWith('hono/')))
    )
      add(
        `a service imports what it may not: got ${name}, expected only ${allowed.join(', ')}`,
        'use fetch, process.env and the packages above',
      );
  if (/\bAsyncLocalStorage\b/.test(source))
    add('a service uses AsyncLocalStorage, expected none', 'pass the value as an argument');
  const lines = source.split('\n').filter((line) => !/^\s*(\/\/.*)?$/.test(line)).length;
  if (lines > mostLines)
    add(
      `a service is too long: got ${lines} lines of code, expected at most ${mostLines}`,
      'say less',
    );
  if (!/^export default app;$/m.test(source))
    add('no app: expected the line `export default app;`', 'export the Hono app as default');
  try {
    stripTypeScriptTypes(source, { mode: 'strip' });
  } catch (error) {
    add(
      `syntax that can't be erased: ${(error as Error).message.split('\n')[0]}`,
      'use types only: no enum, no namespace, no parameter property',
    );
  }
  return problems;
}
