import { z } from 'astro/zod';
import { parseFile, problemsIn, type FileKind } from '../../../quiz/src/check.ts';

const schema = z
  .strictObject({
    title: z.string().trim().min(1).describe('the chapter’s title'),
    description: z.string().trim().min(1).describe('one sentence for the home page and for search'),
    minutes: z.int().positive().describe('how long it takes to read, in whole minutes'),
  })
  .describe('title, description and minutes, between two lines of ---');

/** What stands at the head of a lesson. */
export type Frontmatter = z.infer<typeof schema>;

const frontmatterFile: FileKind<Frontmatter, { file: string }> = { schema, *rules() {} };

/**
 * A lesson's head and what comes after it. In place of the line of `---` before it, the head has an
 * empty one, so that its lines have the numbers that they have in the file.
 */
export function splitLesson(text: string): { head: string; body: string } {
  const [whole = '', head = ''] = /^---\r?\n(|[^]*?\n)---(?:\r?\n|$)/.exec(text) ?? [];
  return { head: `\n${head}`, body: text.slice(whole.length) };
}

/** What stands at the head of a lesson. Throws a `BankError` that names every problem. */
export const frontmatterOf = (text: string, file: string): Frontmatter =>
  parseFile(splitLesson(text).head, { file }, frontmatterFile);

/** Everything that is wrong with the head of a lesson, each in one line; empty when it is sound. */
export const frontmatterProblems = (text: string, file: string): string[] =>
  problemsIn(splitLesson(text).head, { file }, frontmatterFile);
