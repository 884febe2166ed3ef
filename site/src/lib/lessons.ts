import { chapters, modes, type Chapter, type Mode } from './course.ts';
import { frontmatterOf, type Frontmatter } from './frontmatter.ts';

/** One page of one chapter: what others say of it. Its text is its own page's alone. */
export interface Lesson extends Frontmatter {
  /** `01-nine-hops` */
  chapter: string;
  /** `1` */
  number: number;
  mode: Mode;
  href: string;
  /** `01-nine-hops/learn`: what the device remembers it by. */
  key: string;
}

// As text: a page that imports a lesson gets all its styles and scripts, and every page lists lessons.
const files = import.meta.glob<string>('../chapters/*/*.mdx', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Every lesson there is, in the course's order: a new file in `src/chapters/` is a new page. */
export const lessons: Lesson[] = Object.entries(files)
  .map(([path, text]) => readLesson(path, text))
  .toSorted((a, b) => a.number - b.number || modes.indexOf(a.mode) - modes.indexOf(b.mode));

/** The lessons of a chapter, in their order; none where it isn't written yet. */
export const lessonsOf = ({ slug }: Chapter): Lesson[] =>
  lessons.filter(({ chapter }) => chapter === slug);

/** The chapters that have a lesson. */
export const writtenChapters: Chapter[] = chapters.filter(
  (chapter) => lessonsOf(chapter).length > 0,
);

function readLesson(path: string, text: string): Lesson {
  const [chapter = '', name = ''] = path.split('/').slice(-2);
  const mode = modes.find(({ id }) => `${id}.mdx` === name);
  const place = chapters.find(({ slug }) => slug === chapter);
  const where = `site/src/chapters/${chapter}/${name}`;
  if (!place) {
    throw new Error(
      `[${where}] chapter: got ${chapter}, expected one of the course. ` +
        'Try: add it to site/src/lib/course.ts.',
    );
  }
  if (!mode) {
    throw new Error(
      `[${where}] name: got ${name}, expected ${modes.map(({ id }) => id).join(', ')} and .mdx. ` +
        'Try: rename the file.',
    );
  }
  return {
    ...frontmatterOf(text, where),
    chapter,
    number: place.number,
    mode,
    href: `/${chapter}/${mode.id}/`,
    key: `${chapter}/${mode.id}`,
  };
}
