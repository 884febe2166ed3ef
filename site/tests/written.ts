import { existsSync, readdirSync } from 'node:fs';
import { chapters, modes } from '../src/lib/course.ts';

const order = modes.map(({ id }) => id as string);

/** The lessons there are, as `<chapter>/<mode>`, in the course's order: from their files. */
export const lessons: readonly string[] = chapters.flatMap(({ slug }) => {
  const folder = new URL(`../src/chapters/${slug}/`, import.meta.url);
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files
    .filter((name) => name.endsWith('.mdx'))
    .map((name) => name.replace('.mdx', ''))
    .toSorted((a, b) => order.indexOf(a) - order.indexOf(b))
    .map((mode) => `${slug}/${mode}`);
});

/** The pages there are: home, the glossary, the chapters that have a lesson, and their lessons. */
export const pages: readonly string[] = [
  '/',
  '/glossary/',
  ...new Set(lessons.map((lesson) => `/${lesson.split('/')[0]}/`)),
  ...lessons.map((lesson) => `/${lesson}/`),
];

/** One lesson of each mode that is written: what belongs to a mode, and to no text, is tested on them. */
export const samples: readonly string[] = modes
  .map(({ id }) => lessons.find((lesson) => lesson.endsWith(`/${id}`)))
  .filter((lesson) => lesson !== undefined);

/** A page of each kind: home, the glossary, a chapter, a lesson of each mode. */
export const samplePages: readonly string[] = [
  ...pages.slice(0, 3),
  ...samples.map((lesson) => `/${lesson}/`),
];
