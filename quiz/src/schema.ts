import { z } from 'zod';

/**
 * What an author writes into `quiz/bank/`. Each field's description is the “expected” of the message
 * that the author reads when the field is wrong, so it says what belongs there.
 */

const id = z
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

/** One chapter's `quiz.yaml`. */
export const quizSchema = z
  .strictObject({
    chapter: z
      .string()
      .regex(/^\d{2}-[a-z0-9-]+$/)
      .describe('the chapter’s slug, the name of the file’s folder'),
    questions: z.array(questionSchema).min(1).describe('a list of one question or more'),
  })
  .describe('a quiz: chapter and questions');

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
