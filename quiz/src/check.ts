import {
  BankError,
  formatProblem,
  parseWith,
  readYaml,
  type Problem,
  type Source,
} from './problem.ts';
import {
  misconceptionsSchema,
  quizSchema,
  type Misconceptions,
  type Question,
  type Quiz,
} from './schema.ts';

/** What a quiz is checked against: where it lies, and the misconceptions that it may name. */
export interface QuizContext {
  /** The file's name in messages; the folder it names must be the quiz's chapter. */
  file: string;
  misconceptions: Misconceptions;
}

/**
 * Everything that is wrong with one quiz file, each in one line; empty when it is sound.
 *
 * @example
 * checkQuiz(readFileSync(file, 'utf8'), { file, misconceptions });
 */
export function checkQuiz(text: string, context: QuizContext): string[] {
  return readQuiz(text, context).problems.map(formatProblem);
}

/** The quiz in a file. Throws a `BankError` that names every problem. */
export function parseQuiz(text: string, context: QuizContext): Quiz {
  const { quiz, problems } = readQuiz(text, context);
  if (!quiz || problems.length > 0) throw new BankError(problems);
  return quiz;
}

/** The misconceptions in a file. Throws a `BankError` that names every problem. */
export function parseMisconceptions(text: string, file: string): Misconceptions {
  const { source, problems } = readYaml(text, file);
  if (problems.length > 0) throw new BankError(problems);
  const parsed = parseWith(misconceptionsSchema, source);
  if (!parsed.value) throw new BankError(parsed.problems);
  return parsed.value;
}

function readQuiz(text: string, context: QuizContext): { quiz?: Quiz; problems: Problem[] } {
  const { source, problems } = readYaml(text, context.file);
  if (problems.length > 0) return { problems };
  const parsed = parseWith(quizSchema, source);
  if (!parsed.value) return { problems: parsed.problems };
  return { quiz: parsed.value, problems: [...rulesBroken(parsed.value, source, context)] };
}

/** What a schema can't say: rules across fields. */
function* rulesBroken(quiz: Quiz, source: Source, context: QuizContext): Generator<Problem> {
  const problem = (path: PropertyKey[], rest: Omit<Problem, 'file' | 'line'>): Problem => {
    const line = source.lineOf(path);
    return { file: source.file, ...(line !== undefined && { line }), ...rest };
  };

  const folder = context.file.split(/[\\/]/).at(-2);
  if (folder !== quiz.chapter) {
    yield problem(['chapter'], {
      what: 'chapter',
      got: quiz.chapter,
      expected: `${folder}, the name of its folder`,
      hint: 'name both alike.',
    });
  }
  yield* duplicates(quiz.questions, 'questions', (i, rest) =>
    problem(['questions', i, 'id'], rest),
  );

  const places = quiz.questions.map((question) => question.options.findIndex((o) => o.correct));
  if (places.length > 1 && places.every((place) => place === places[0])) {
    yield problem(['questions'], {
      what: 'place of the right option',
      got: `number ${places[0]! + 1} in every question`,
      expected: 'places that vary',
      hint: 'move the right option in one of them.',
    });
  }

  for (const [i, question] of quiz.questions.entries()) {
    yield* questionRules(question, context, (path, rest) =>
      problem(['questions', i, ...path], { ...rest, what: `${question.id}: ${rest.what}` }),
    );
  }
}

type Report = (path: PropertyKey[], rest: Omit<Problem, 'file' | 'line'>) => Problem;

function* questionRules(
  { options }: Question,
  { misconceptions }: QuizContext,
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

  for (const [i, { id, text, correct, misconception }] of options.entries()) {
    const path = ['options', i, 'misconception'];
    const what = `${id}, its misconception`;
    if (correct) {
      if (misconception !== undefined) {
        yield problem(path, { what, got: misconception, expected: 'none', hint: 'remove it.' });
      }
      if (options.every((other) => other.id === id || other.text.length < text.length)) {
        yield problem(['options', i, 'text'], {
          what: `${id}, the right option’s text`,
          got: 'the longest of the four',
          expected: 'one that its length does not give away',
          hint: 'shorten it, or make a wrong one as precise.',
        });
      }
    } else if (misconception === undefined || !Object.hasOwn(misconceptions, misconception)) {
      yield problem(path, {
        what,
        got: misconception ?? 'nothing',
        expected: `one of ${Object.keys(misconceptions).join(', ')}`,
        hint: 'choose one, or add yours to quiz/bank/misconceptions.yaml.',
      });
    }
  }
}

function* duplicates(
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
