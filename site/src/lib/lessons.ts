import type { AstroComponentFactory } from 'astro/runtime/server/index.js';
import { z } from 'astro/zod';

/** The nine ways to learn a chapter, by the name of their file. */
const modes = {
  learn: 'Learn',
  visualize: 'Visualize',
  why: 'Why',
  deep: 'Deep',
  project: 'Project',
  scale: 'Scale',
} as const;

export type Mode = keyof typeof modes;

const frontmatterSchema = z.strictObject({
  title: z.string().describe('the chapter’s title'),
  description: z.string().describe('one sentence for the home page and for search'),
  minutes: z.number().int().positive().describe('how long it takes to read'),
});

interface Heading {
  depth: number;
  slug: string;
  text: string;
}

interface LessonModule {
  frontmatter: Record<string, unknown>;
  default: AstroComponentFactory;
  getHeadings(): Heading[];
}

/** One page of one chapter. */
export interface Lesson extends z.infer<typeof frontmatterSchema> {
  /** `01-nine-hops` */
  chapter: string;
  /** `1` */
  number: number;
  mode: Mode;
  modeTitle: string;
  href: string;
  headings: Heading[];
  Content: AstroComponentFactory;
}

const files = import.meta.glob<LessonModule>('../chapters/*/*.mdx', { eager: true });

/** Every lesson there is, by chapter: a new file in `src/chapters/` is a new page. */
export const lessons: Lesson[] = Object.entries(files)
  .map(([path, file]) => readLesson(path, file))
  .toSorted((a, b) => a.href.localeCompare(b.href));

function readLesson(path: string, file: LessonModule): Lesson {
  const [chapter = '', name = ''] = path.split('/').slice(-2);
  const mode = name.replace('.mdx', '');
  const where = `site/src/chapters/${chapter}/${name}`;
  if (!isMode(mode)) {
    throw new Error(
      `[${where}] name: got ${mode}, expected one of ${Object.keys(modes).join(', ')}. ` +
        'Try: rename the file.',
    );
  }
  // Astro adds the file's own path to what the author wrote.
  const { file: _file, url: _url, ...written } = file.frontmatter;
  const frontmatter = frontmatterSchema.safeParse(written);
  if (!frontmatter.success) {
    const [issue] = frontmatter.error.issues;
    throw new Error(
      `[${where}] frontmatter ${issue!.path.join('.')}: got ${JSON.stringify(written)}, expected ` +
        `title, description and minutes: ${issue!.message}. Try: mend the lines between the ---.`,
    );
  }
  return {
    ...frontmatter.data,
    chapter,
    number: Number(chapter.slice(0, 2)),
    mode,
    modeTitle: modes[mode],
    href: `/${chapter}/${mode}/`,
    headings: file.getHeadings(),
    Content: file.default,
  };
}

function isMode(name: string): name is Mode {
  return Object.hasOwn(modes, name);
}
