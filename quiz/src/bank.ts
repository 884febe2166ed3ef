import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkQuiz, parseMisconceptions } from './check.ts';
import { BankError, formatProblem } from './problem.ts';
import type { Misconceptions } from './schema.ts';

const here = fileURLToPath(new URL('../bank', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

/** The whole bank as text: what `npm run check` looks at. */
export interface Bank {
  misconceptions: { file: string; text: string };
  quizzes: { file: string; text: string }[];
}

/** Reads the bank's files; their names are relative to the repository. */
export function readBank(folder: string = here): Bank {
  const read = (path: string) => ({
    file: relative(root, path).replaceAll('\\', '/'),
    text: readFileSync(path, 'utf8'),
  });
  return {
    misconceptions: read(join(folder, 'misconceptions.yaml')),
    quizzes: readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(folder, entry.name, 'quiz.yaml'))
      .filter((path) => existsSync(path))
      .toSorted()
      .map(read),
  };
}

/** Everything that is wrong with a bank, a line each; empty when it is sound. */
export function checkBank(bank: Bank = readBank()): string[] {
  let misconceptions: Misconceptions;
  try {
    misconceptions = parseMisconceptions(bank.misconceptions.text, bank.misconceptions.file);
  } catch (error) {
    if (error instanceof BankError) return error.problems.map(formatProblem);
    throw error;
  }
  // An empty bank would pass every rule there is.
  if (bank.quizzes.length === 0) {
    return ['[quiz/bank] quizzes: got none, expected one or more. Try: git status quiz/bank'];
  }
  return bank.quizzes.flatMap(({ file, text }) => checkQuiz(text, { file, misconceptions }));
}
