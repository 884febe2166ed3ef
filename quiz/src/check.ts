import type { z } from 'zod';
import { BankError, formatProblem, parseWith, readYaml, type Problem } from './problem.ts';
import { chapterRule, questionsRules, reportIn, type BankContext, type Report } from './rules.ts';
import {
  challengeKinds,
  challengeSchema,
  misconceptionsSchema,
  quizSchema,
  type Challenge,
  type Misconceptions,
  type Quiz,
} from './schema.ts';

/** One kind of file: what it has to look like, and what a schema can't say. */
export interface FileKind<T, C = BankContext> {
  schema: z.ZodType<T>;
  rules: (value: T, context: C, problem: Report) => Generator<Problem>;
}

/** What a file holds, if it has the shape of its kind, and all that is wrong with it. */
export function readFile<T, C extends { file: string }>(
  text: string,
  context: C,
  { schema, rules }: FileKind<T, C>,
): { value?: T; problems: readonly Problem[] } {
  const { source, problems } = readYaml(text, context.file);
  if (problems.length > 0) return { problems };
  const parsed = parseWith(schema, source);
  if (parsed.value === undefined) return { problems: parsed.problems };
  return { value: parsed.value, problems: [...rules(parsed.value, context, reportIn(source))] };
}

/** Everything that is wrong with one file, each in one line; empty when it is sound. */
export const problemsIn = <T, C extends { file: string }>(
  text: string,
  context: C,
  kind: FileKind<T, C>,
): string[] => readFile(text, context, kind).problems.map(formatProblem);

/** What a file holds. Throws a `BankError` that names every problem. */
export function parseFile<T, C extends { file: string }>(
  text: string,
  context: C,
  kind: FileKind<T, C>,
): T {
  const { value, problems } = readFile(text, context, kind);
  if (value === undefined || problems.length > 0) throw new BankError(problems);
  return value;
}

/** `quiz.yaml` */
export const quizFile: FileKind<Quiz> = {
  schema: quizSchema,
  *rules({ chapter, questions }, context, problem) {
    yield* chapterRule(chapter, context, problem);
    yield* questionsRules(questions, context, problem);
  },
};

/** `challenge.yaml`: five questions, one of each kind. */
export const challengeFile: FileKind<Challenge> = {
  schema: challengeSchema,
  *rules({ chapter, questions }, context, problem) {
    yield* chapterRule(chapter, context, problem);
    yield* questionsRules(questions, context, problem);
    const kinds = questions.map(({ kind }) => kind);
    for (const kind of challengeKinds.filter((k) => !kinds.includes(k)))
      yield problem(['questions'], {
        what: 'kinds',
        got: kinds.join(', '),
        expected: `one question of kind ${kind}`,
        hint: 'ask one question of each kind.',
      });
  },
};

/** The misconceptions in a file. Throws a `BankError` that names every problem. */
export const parseMisconceptions = (text: string, file: string): Misconceptions =>
  parseFile(text, { file }, { schema: misconceptionsSchema, *rules() {} });
