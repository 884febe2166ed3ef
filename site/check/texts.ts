import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { glossaryFile } from '../../quiz/src/cards.ts';
import { parseFile } from '../../quiz/src/check.ts';
import { formatProblem } from '../../quiz/src/problem.ts';
import type { Glossary } from '../../quiz/src/schema.ts';
import { chapters, modes, wholeChapters, type Mode } from '../src/lib/course.ts';
import { elsewhereIn } from './elsewhere.ts';
import { idsOf, partsOf } from './mdx.ts';
import {
  hasHead,
  isMeasured,
  isWorthIt,
  linksLead,
  termsExist,
  wordProblems,
  type Text,
} from './rules.ts';
import { takesWhatIsThere } from './taken.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a mode's page shows besides its own text. */
const shownBy: Partial<Record<Mode['id'], (chapter: string) => string>> = {
  try: (chapter) => `quiz/bank/${chapter}/try.yaml`,
  challenge: (chapter) => `quiz/bank/${chapter}/challenge.yaml`,
  review: (chapter) => `quiz/bank/${chapter}/cards.yaml`,
  project: (chapter) => `labs/${chapter}/README.md`,
};

const read = (file: string): string =>
  existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '';

/** Every lesson there is, taken apart. */
function readTexts(): Text[] {
  return chapters.flatMap(({ slug }) =>
    modes.flatMap(({ id: mode }) => {
      const file = `site/src/chapters/${slug}/${mode}.mdx`;
      const source = read(file);
      if (source === '') return [];
      const shown = shownBy[mode]?.(slug);
      return [
        {
          file,
          chapter: slug,
          mode,
          source,
          parts: partsOf(source),
          shown: shown ? read(shown) : '',
        },
      ];
    }),
  );
}

/**
 * Everything that is wrong with the texts of the course, a line each: a mode that a whole chapter
 * lacks, a head that lists can't show, a page that says too little or gives nothing to do, a figure that
 * was not measured, a word that is not the glossary's, a dead link, something to show that is not there.
 */
export function checkTexts(texts: readonly Text[] = readTexts()): string[] {
  const file = 'quiz/bank/glossary.yaml';
  const glossary = parseFile(read(file), { file }, glossaryFile);
  const rules = [
    hasHead,
    isWorthIt,
    isMeasured,
    termsExist(glossary),
    linksLead(anchorsOf(texts, glossary)),
    takesWhatIsThere(elsewhereIn(read)),
  ];
  return [
    ...lacking(texts),
    ...texts.flatMap((text) => rules.flatMap((rule) => rule(text))),
    ...texts.flatMap(({ file: own, parts: { prose, said } }) =>
      wordProblems(glossary, own, `${prose}\n${said}`),
    ),
    ...bankFiles().flatMap((own) => wordProblems(glossary, own, read(own))),
  ];
}

/** A chapter that is listed as whole has all nine modes. */
export function lacking(
  texts: readonly Pick<Text, 'chapter' | 'mode'>[],
  whole: readonly string[] = wholeChapters,
): string[] {
  return whole.flatMap((chapter) =>
    modes
      .filter(({ id }) => !texts.some((text) => text.chapter === chapter && text.mode === id))
      .map(({ id }) =>
        formatProblem({
          file: `site/src/chapters/${chapter}`,
          what: 'modes',
          got: `no ${id}.mdx`,
          expected: 'all nine of a whole chapter',
          hint: 'write it, or take the chapter off wholeChapters in site/src/lib/course.ts.',
        }),
      ),
  );
}

const bankFiles = (): string[] =>
  readdirSync(join(root, 'quiz/bank'), { recursive: true, encoding: 'utf8' })
    .map((name) => `quiz/bank/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.yaml') && !name.endsWith('/glossary.yaml'));

/** The places that a link may lead to: pages by their address, each with its headings. */
function anchorsOf(texts: readonly Text[], glossary: Glossary): Map<string, Set<string>> {
  const pages = new Map<string, Set<string>>([
    ['/', new Set()],
    ['/glossary/', new Set(Object.keys(glossary))],
  ]);
  for (const { chapter, mode, parts } of texts) {
    pages.set(`/${chapter}/`, new Set());
    pages.set(`/${chapter}/${mode}/`, new Set(idsOf(parts.headings)));
  }
  return pages;
}
