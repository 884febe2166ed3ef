import { z } from 'zod';

/**
 * What an author writes into `quiz/bank/`. Each field's description is the “expected” of the message
 * that the author reads when the field is wrong, so it says what belongs there.
 */

export const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .describe('an id in kebab-case that never changes, such as service-a');

/** One answer that a learner can choose. */
const optionSchema = z
  .strictObject({
    id,
    text: z.string().trim().min(1).describe('the answer as the learner reads it'),
    correct: z.literal(true).optional().describe('true on the right option, absent on the others'),
    misconception: id
      .optional()
      .describe('on a wrong option, an id from quiz/bank/misconceptions.yaml'),
    explanation: z
      .string()
      .trim()
      .min(40)
      .describe('why this option is right or wrong, in 40 characters or more'),
  })
  .describe('an option: id, text, explanation, and either correct or misconception');

/** One multiple-choice question. */
export const questionSchema = z
  .strictObject({
    id,
    text: z.string().trim().min(10).endsWith('?').describe('a question that ends with “?”'),
    options: z.array(optionSchema).length(4).describe('a list of four options'),
  })
  .describe('a question: id, text and four options');

export const chapter = z
  .string()
  .regex(/^\d{2}-[a-z0-9-]+$/)
  .describe('the chapter’s slug, the name of the file’s folder');

/** One chapter's `quiz.yaml`. */
export const quizSchema = z
  .strictObject({
    chapter,
    questions: z.array(questionSchema).min(1).describe('a list of one question or more'),
  })
  .describe('a quiz: chapter and questions');

/** What the five problems of a challenge are about: one of each. */
export const challengeKinds = [
  'concept',
  'architecture',
  'trade-off',
  'capacity',
  'failure',
] as const;

/** One chapter's `challenge.yaml`. */
export const challengeSchema = z
  .strictObject({
    chapter,
    questions: z
      .array(
        questionSchema.extend({
          kind: z.enum(challengeKinds).describe(`one of ${challengeKinds.join(', ')}`),
        }),
      )
      .length(5)
      .describe('a list of five questions'),
  })
  .describe('a challenge: chapter and questions');

/** One chapter's `cards.yaml`. */
export const cardsSchema = z
  .strictObject({
    chapter,
    cards: z
      .array(
        z
          .strictObject({
            id,
            front: z.string().trim().min(8).describe('what to recall: a question or a term'),
            back: z.string().trim().min(8).describe('the answer, in a sentence or two'),
            terms: z.array(id).describe('ids of terms in quiz/bank/glossary.yaml; may be empty'),
          })
          .describe('a card: id, front, back, terms'),
      )
      .min(10)
      .describe('a list of ten cards or more'),
  })
  .describe('cards: chapter and cards');

/** `glossary.yaml`: what the course calls things, by id. */
export const glossarySchema = z
  .record(
    id,
    z
      .strictObject({
        term: z.string().trim().min(1).describe('the word, as texts write it'),
        means: z.string().trim().min(20).describe('what it means, in a sentence or two'),
        not: z
          .array(z.string().trim().min(2))
          .optional()
          .describe('other words for it, which texts must not use'),
      })
      .describe('a term: term, means and, if need be, not'),
  )
  .describe('terms by id');

/** `misconceptions.yaml`: what people believe, by id. */
export const misconceptionsSchema = z
  .record(
    id,
    z
      .strictObject({
        belief: z.string().trim().min(10).describe('the belief, as somebody who holds it says it'),
        fact: z.string().trim().min(10).describe('what is true instead'),
      })
      .describe('a misconception: belief and fact'),
  )
  .describe('misconceptions by id');

export type Question = z.infer<typeof questionSchema>;
export type Quiz = z.infer<typeof quizSchema>;
export type Misconceptions = z.infer<typeof misconceptionsSchema>;
export type Challenge = z.infer<typeof challengeSchema>;
export type Cards = z.infer<typeof cardsSchema>;
export type Glossary = z.infer<typeof glossarySchema>;
