import { formatProblem } from '../../quiz/src/problem.ts';
import type { Glossary } from '../../quiz/src/schema.ts';
import type { Mode } from '../src/lib/course.ts';
import { frontmatterProblems } from '../src/lib/frontmatter.ts';
import { wordsIn, type Parts } from './mdx.ts';

/** One lesson as the rules see it. */
export interface Text {
  /** `site/src/chapters/04-topics/why.mdx` */
  file: string;
  chapter: string;
  mode: Mode['id'];
  /** The whole file. */
  source: string;
  parts: Parts;
  /** What of the chapter's bank or lab the page shows, as text. */
  shown: string;
}

/** What is wrong with a text, a line each. */
export type Rule = (text: Text) => string[];

/** Its head is what lists of lessons show of it. */
export const hasHead: Rule = ({ source, file }) => frontmatterProblems(source, file);

const least = 150;
/** About what fits on two screens. */
const untilDone = 250;
/** What a reader does something with. */
const doing =
  /^(Predict|Prediction|Quiz|Player|Explore|Failure|Try|Challenge|Cards|Missed|Workbench|Finish)$/;

const told = (
  { file }: Pick<Text, 'file'>,
  what: string,
  got: string,
  expected: string,
  hint: string,
): string => formatProblem({ file, what, got, expected, hint });

/** A page says something, and gives something to do before the second screen ends. */
export const isWorthIt: Rule = (text) => {
  const { parts, shown, mode } = text;
  const problems: string[] = [];
  const words = wordsIn(parts.prose) + wordsIn(parts.said) + wordsIn(shown);
  if (words < least)
    problems.push(
      told(text, 'words', String(words), `${least} or more`, 'say more, or leave the mode out.'),
    );
  const first = parts.tags.find(({ name }) => doing.test(name));
  if (!first)
    problems.push(
      told(text, 'things to do', 'none', 'one or more', '<Predict>, <Quiz>, a player or a lab.'),
    );
  else if (first.wordsBefore > untilDone)
    problems.push(
      told(
        text,
        'words before the first thing to do',
        String(first.wordsBefore),
        `${untilDone} at most`,
        'ask something earlier.',
      ),
    );
  if (mode === 'learn' && !parts.tags.some(({ name }) => name === 'Finish'))
    problems.push(
      told(
        text,
        'its end',
        'no <Finish>',
        'a sentence to complete',
        '<Finish sentence="… when …">',
      ),
    );
  return problems;
};

// Written with a narrow list on purpose: “two services” and “chapter 3” are no figures.
const quantity =
  /(?<![\w.,])\d[\d,.]*\s?(?:ms|s|seconds?|minutes?|hours?|kB|MB|GB|bytes?|%)(?!\w)/g;

/** A measured number comes from a recording; what the lab sets stands in `<Given>`. */
export const isMeasured: Rule = (text) => {
  const { prose, said, givens } = text.parts;
  const plain = (q: string): string => q.replaceAll(/\s/g, ' ');
  const found = [
    ...(prose.match(quantity) ?? []),
    ...(said.match(quantity) ?? []).filter((q) => !givens.map(plain).includes(plain(q))),
  ];
  return [...new Set(found)].map((q) =>
    told(
      text,
      'a figure',
      plain(q),
      'one from recorded.json, by <Figure>',
      `if the lab sets it, <Given>${plain(q)}</Given>; in a question too, it may then stand as it is.`,
    ),
  );
};

/** Words are the glossary's; `text` may be of any file. */
export function wordProblems(glossary: Glossary, file: string, text: string): string[] {
  return Object.values(glossary).flatMap(({ term, not = [] }) =>
    not
      .filter((word) => new RegExp(`(?<![\\w-])${RegExp.escape(word)}s?(?![\\w-])`, 'i').test(text))
      .map((word) =>
        told({ file }, 'a word', word, `${term}, as in quiz/bank/glossary.yaml`, `say ${term}.`),
      ),
  );
}

/** Each `<Term>` is in the glossary. */
export const termsExist =
  (glossary: Glossary): Rule =>
  (text) =>
    text.parts.tags
      .filter(({ name }) => name === 'Term')
      .map(({ attributes }) => /\bid="([^"]*)"/.exec(attributes)?.[1] ?? 'nothing')
      .filter((id) => !Object.hasOwn(glossary, id))
      .map((id) =>
        told(text, 'a term', id, 'one of quiz/bank/glossary.yaml', 'add it there, or mend the id.'),
      );

/** Links lead somewhere. `anchors` are those of each page, by its address. */
export const linksLead =
  (anchors: ReadonlyMap<string, ReadonlySet<string>>): Rule =>
  (text) =>
    text.parts.links
      .filter((link) => !link.startsWith('https://'))
      .filter((link) => {
        const own = `/${text.chapter}/${text.mode}/`;
        const [path, anchor] = link.split('#');
        const known = anchors.get(path || own);
        return !known || (anchor !== undefined && !known.has(anchor));
      })
      .map((link) =>
        told(text, 'a link', link, 'the address of a page, and a heading there', 'mend it.'),
      );
