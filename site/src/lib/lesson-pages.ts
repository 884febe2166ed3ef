import type { AstroComponentFactory } from 'astro/runtime/server/index.js';
import { lessons, type Lesson } from './lessons.ts';

/** A heading of a lesson's text. */
export interface Heading {
  depth: number;
  slug: string;
  text: string;
}

/** A lesson's text, compiled. */
export interface LessonModule {
  default: AstroComponentFactory;
  getHeadings(): Heading[];
}

/** What a lesson's page is made from. */
interface LessonPage {
  params: { chapter: string };
  props: { lesson: Lesson; headings: Heading[]; Content: AstroComponentFactory };
}

/**
 * The pages of a mode's lessons, for `getStaticPaths`. Each mode has a route of its own, which globs its
 * files only: a route's pages get all that its files import.
 */
export const pagesOf = (files: Record<string, LessonModule>): LessonPage[] =>
  Object.entries(files).map(([path, file]) => {
    const lesson = lessons.find(({ key }) => path.endsWith(`/chapters/${key}.mdx`))!;
    const props = { lesson, headings: file.getHeadings(), Content: file.default };
    return { params: { chapter: lesson.chapter }, props };
  });
