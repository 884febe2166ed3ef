import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cardsFile, glossaryFile } from './cards.ts';
import {
  challengeFile,
  parseFile,
  parseMisconceptions,
  quizFile,
  readFile,
  type FileKind,
} from './check.ts';
import { BankError, formatProblem, type Problem } from './problem.ts';
import { tryFile, type TryTasks } from './tasks.ts';

const here = fileURLToPath(new URL('../bank', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

interface Named {
  file: string;
}

interface BankText extends Named {
  text: string;
}

/** The whole bank as text: what `npm run check` looks at. */
export interface Bank {
  misconceptions: BankText;
  glossary: BankText;
  quizzes: BankText[];
  tries: BankText[];
  challenges: BankText[];
  cards: BankText[];
}

/** Reads the bank's files; their names are relative to the repository. */
export function readBank(folder: string = here): Bank {
  const read = (path: string): BankText => ({
    file: relative(root, path).replaceAll('\\', '/'),
    text: readFileSync(path, 'utf8'),
  });
  const ofChapters = (name: string): BankText[] =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(folder, entry.name, name))
      .filter((path) => existsSync(path))
      .toSorted()
      .map(read);
  return {
    misconceptions: read(join(folder, 'misconceptions.yaml')),
    glossary: read(join(folder, 'glossary.yaml')),
    quizzes: ofChapters('quiz.yaml'),
    tries: ofChapters('try.yaml'),
    challenges: ofChapters('challenge.yaml'),
    cards: ofChapters('cards.yaml'),
  };
}

/** Everything that is wrong with a bank, a line each; empty when it is sound. */
export function checkBank(bank: Bank = readBank()): string[] {
  // An empty bank would pass every rule there is.
  if (bank.quizzes.length === 0) {
    return ['[quiz/bank] quizzes: got none, expected one or more. Try: git status quiz/bank'];
  }
  try {
    const misconceptions = parseMisconceptions(bank.misconceptions.text, bank.misconceptions.file);
    const glossary = parseFile(bank.glossary.text, bank.glossary, glossaryFile);
    const read = <T, C>(texts: readonly BankText[], context: C, kind: FileKind<T, C & Named>) =>
      texts.map(({ file, text }) => ({ file, ...readFile(text, { file, ...context }, kind) }));
    const quizzes = read(bank.quizzes, { misconceptions }, quizFile);
    const challenges = read(bank.challenges, { misconceptions }, challengeFile);
    const tries = read(bank.tries, { misconceptions }, tryFile);
    const cards = read(bank.cards, { glossary }, cardsFile);
    const asked = [
      ...[...quizzes, ...challenges].map(({ file, value }) => ({ file, asks: value?.questions })),
      ...tries.map(({ file, value }) => ({ file, asks: value?.tasks })),
    ];
    return [
      ...[...quizzes, ...challenges, ...tries, ...cards].flatMap(({ problems }) => problems),
      ...idsTwice(asked),
    ].map(formatProblem);
  } catch (error) {
    if (error instanceof BankError) return error.problems.map(formatProblem);
    throw error;
  }
}

/** Answers are stored under chapter and id, whichever of the chapter's files the id is in. */
function* idsTwice(
  files: readonly { file: string; asks: readonly { id: string }[] | undefined }[],
): Generator<Problem> {
  const seen = new Map<string, string>();
  for (const { file, asks = [] } of files) {
    for (const { id } of asks) {
      const key = `${file.split('/').at(-2)}/${id}`;
      const other = seen.get(key) ?? file;
      seen.set(key, other);
      // An id that is twice in one file is told by the file's own rules.
      if (other !== file)
        yield {
          file,
          what: 'ids',
          got: `${id}, which ${other} has too`,
          expected: 'ids of a chapter’s own',
          hint: 'rename the one that is new.',
        };
    }
  }
}

/** The small tasks of a chapter; undefined if it has none. Throws a `BankError` where they are broken. */
export function tryTasksOf(chapter: string, folder: string = here): TryTasks | undefined {
  const { tries, misconceptions: known } = readBank(folder);
  const found = tries.find(({ file }) => file.endsWith(`/${chapter}/try.yaml`));
  if (!found) return undefined;
  const misconceptions = parseMisconceptions(known.text, known.file);
  return parseFile(found.text, { file: found.file, misconceptions }, tryFile);
}
