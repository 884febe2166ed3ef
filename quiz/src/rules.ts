import type { Problem, Source } from './problem.ts';
import type { Misconceptions, Question } from './schema.ts';

/** What a file of the bank is checked against: where it lies, and the misconceptions that it may name. */
export interface BankContext {
  /** The file's name in messages; the folder it names must be the file's chapter. */
  file: string;
  misconceptions: Misconceptions;
}

/** What a rule says of a place: the file and its line are added. */
export type Report = (
  path: readonly PropertyKey[],
  rest: Omit<Problem, 'file' | 'line'>,
) => Problem;

/** Reports problems of a file, each with its line. */
export const reportIn =
  (source: Source): Report =>
  (path, rest) => ({ file: source.file, line: source.lineOf(path), ...rest });

/** The chapter that a file names is its folder. */
export function* chapterRule(
  chapter: string,
  { file }: { file: string },
  problem: Report,
): Generator<Problem> {
  const folder = file.split(/[\\/]/).at(-2);
  if (folder === chapter) return;
  yield problem(['chapter'], {
    what: 'chapter',
    got: chapter,
    expected: `${folder}, the name of its folder`,
    hint: 'name both alike.',
  });
}

/** What a list of questions must be: each sound, ids unique, the right option not always in one place. */
export function* questionsRules(
  questions: readonly Question[],
  context: BankContext,
  problem: Report,
): Generator<Problem> {
  yield* duplicates(questions, 'questions', (i, rest) => problem(['questions', i, 'id'], rest));
  const places = questions.map((question) => question.options.findIndex((o) => o.correct));
  if (places.length > 1 && places.every((place) => place === places[0])) {
    yield problem(['questions'], {
      what: 'place of the right option',
      got: `number ${places[0]! + 1} in every question`,
      expected: 'places that vary',
      hint: 'move the right option in one of them.',
    });
  }
  for (const [i, question] of questions.entries()) {
    yield* questionRules(question, context, (path, rest) =>
      problem(['questions', i, ...path], { ...rest, what: `${question.id}: ${rest.what}` }),
    );
  }
}

/** A wrong answer names a misconception that there is, a right one none. */
export function* misconceptionRule(
  { id, right, misconception }: { id: string; right: boolean; misconception?: string | undefined },
  { misconceptions }: BankContext,
  problem: (rest: Omit<Problem, 'file' | 'line'>) => Problem,
): Generator<Problem> {
  const what = `${id}, its misconception`;
  if (right && misconception !== undefined)
    yield problem({ what, got: misconception, expected: 'none', hint: 'remove it.' });
  if (!right && (misconception === undefined || !Object.hasOwn(misconceptions, misconception)))
    yield problem({
      what,
      got: misconception ?? 'nothing',
      expected: `one of ${Object.keys(misconceptions).join(', ')}`,
      hint: 'choose one, or add yours to quiz/bank/misconceptions.yaml.',
    });
}

function* questionRules(
  { options }: Question,
  context: BankContext,
  problem: Report,
): Generator<Problem> {
  yield* duplicates(options, 'options', (i, rest) => problem(['options', i, 'id'], rest));

  const right = options.filter((option) => option.correct);
  if (right.length !== 1) {
    yield problem(['options'], {
      what: 'right options',
      got: String(right.length),
      expected: 'exactly one',
      hint: 'write `correct: true` on one option and on no other.',
    });
  }

  for (const [i, { id, text, correct = false, misconception }] of options.entries()) {
    yield* misconceptionRule({ id, right: correct, misconception }, context, (rest) =>
      problem(['options', i, 'misconception'], rest),
    );
    if (correct && options.every((other) => other.id === id || other.text.length < text.length))
      yield problem(['options', i, 'text'], {
        what: `${id}, the right option’s text`,
        got: 'the longest of the four',
        expected: 'one that its length does not give away',
        hint: 'shorten it, or make a wrong one as precise.',
      });
  }
}

/** Each id once: stored progress refers to it. */
export function* duplicates(
  list: readonly { id: string }[],
  what: string,
  problem: (i: number, rest: Omit<Problem, 'file' | 'line'>) => Problem,
): Generator<Problem> {
  const seen = new Set<string>();
  for (const [i, { id }] of list.entries()) {
    if (seen.has(id)) {
      yield problem(i, {
        what: `${what}, their ids`,
        got: `${id} twice`,
        expected: 'each id once',
        hint: 'rename the one that is new; stored progress refers to the old one.',
      });
    }
    seen.add(id);
  }
}
