import { cardsFile, glossaryFile } from '../../../quiz/src/cards.ts';
import {
  challengeFile,
  parseFile,
  parseMisconceptions,
  quizFile,
  type FileKind,
} from '../../../quiz/src/check.ts';
import type {
  Cards,
  Challenge,
  Glossary,
  Misconceptions,
  Question,
  Quiz,
} from '../../../quiz/src/schema.ts';
import { tryFile, type TryTasks } from '../../../quiz/src/tasks.ts';
import glossaryText from '../../../quiz/bank/glossary.yaml?raw';
import misconceptionsText from '../../../quiz/bank/misconceptions.yaml?raw';

const files = import.meta.glob<string>('../../../quiz/bank/*/{quiz,challenge,try,cards}.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** What people believe, by the id that a wrong option names. */
const misconceptions: Misconceptions = parseMisconceptions(
  misconceptionsText,
  'quiz/bank/misconceptions.yaml',
);

/** What the course calls things, by id. */
export const glossary: Glossary = parseFile(
  glossaryText,
  { file: 'quiz/bank/glossary.yaml' },
  glossaryFile,
);

/** What a wrong option's idea is, in the words of somebody who holds it. */
export const beliefOf = (misconception: string | undefined): string | undefined =>
  misconception === undefined ? undefined : misconceptions[misconception]?.belief;

/** A file of a chapter's bank. A broken one stops the build with every problem it has. */
function read<T, C extends { file: string }>(
  chapter: string,
  name: string,
  kind: FileKind<T, C>,
  context: Omit<C, 'file'>,
): T {
  const file = `quiz/bank/${chapter}/${name}.yaml`;
  const text = files[`../../../${file}`];
  if (text === undefined) {
    throw new Error(
      `[${file}] file: got nothing, expected a ${name}. Try: write it, or remove what shows it.`,
    );
  }
  return parseFile(text, { file, ...context } as C, kind);
}

/** Whether a chapter's bank has a file: `challenge`. */
const hasBank = (chapter: string, name: string): boolean =>
  `../../../quiz/bank/${chapter}/${name}.yaml` in files;

export const quizOf = (chapter: string): Quiz =>
  read(chapter, 'quiz', quizFile, { misconceptions });

export const challengeOf = (chapter: string): Challenge =>
  read(chapter, 'challenge', challengeFile, { misconceptions });

export const tasksOf = (chapter: string): TryTasks =>
  read(chapter, 'try', tryFile, { misconceptions });

export const cardsOf = (chapter: string): Cards => read(chapter, 'cards', cardsFile, { glossary });

/** Every question of a chapter that a learner may have missed. */
export const questionsOf = (chapter: string): Question[] => [
  ...quizOf(chapter).questions,
  ...(hasBank(chapter, 'challenge') ? challengeOf(chapter).questions : []),
];
