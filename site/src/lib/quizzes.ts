import { parseFile, parseMisconceptions, quizFile } from '../../../quiz/src/check.ts';
import type { Misconceptions, Quiz } from '../../../quiz/src/schema.ts';
import misconceptionsText from '../../../quiz/bank/misconceptions.yaml?raw';

const files = import.meta.glob<string>('../../../quiz/bank/*/quiz.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** What people believe, by the id that a wrong option names. */
export const misconceptions: Misconceptions = parseMisconceptions(
  misconceptionsText,
  'quiz/bank/misconceptions.yaml',
);

/** A chapter's quiz. A broken file stops the build with every problem it has. */
export function quizOf(chapter: string): Quiz {
  const file = `quiz/bank/${chapter}/quiz.yaml`;
  const text = files[`../../../${file}`];
  if (text === undefined) {
    throw new Error(
      `[${file}] file: got nothing, expected a quiz. Try: remove <Quiz> or write it.`,
    );
  }
  return parseFile(text, { file, misconceptions }, quizFile);
}
