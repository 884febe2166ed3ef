import GithubSlugger from 'github-slugger';
import { splitLesson } from '../src/lib/frontmatter.ts';

/** A lesson's text, taken apart: what is prose, what stands in attributes, which components it uses. */
export interface Parts {
  /** What readers read, without code, figures and quantities of the lab. */
  prose: string;
  /** Texts in attributes and expressions, such as a question and its options. */
  said: string;
  /** Names of components and elements, in their order, each with how many words come before it. */
  tags: readonly { name: string; attributes: string; wordsBefore: number }[];
  /** What stands in `<Given>`. */
  givens: readonly string[];
  /** Where links of the text lead. */
  links: readonly string[];
  /** Headings, as the text writes them. */
  headings: readonly string[];
}

/** How many words a text has. */
export const wordsIn = (text: string): number =>
  text.match(/[\p{L}\p{N}][\p{L}\p{N}’'-]*/gu)?.length ?? 0;

/** Takes a lesson apart. `source` is an MDX file's text. */
export function partsOf(source: string): Parts {
  const body = splitLesson(source)
    .body.replace(/^import .*$/gm, '')
    .replaceAll(/^```[^]*?^```$/gm, '');
  const links = [...body.matchAll(/\]\(([^)\s]+)\)|href="([^"]+)"/g)].map((m) => (m[1] ?? m[2])!);
  const headings = [...body.matchAll(/^#{2,4} (.+)$/gm)].map((m) => m[1]!);
  const given = [...body.matchAll(/<Given>([^<]*)<\/Given>/g)].map((m) => m[1]!.trim());
  const text = body
    .replaceAll(/<Given>[^<]*<\/Given>/g, ' ')
    .replaceAll(/`[^`\n]*`/g, ' ')
    .replaceAll(/<(code|pre)\b[^>]*>[^]*?<\/\1>/g, ' ')
    .replaceAll(/\]\([^)\s]+\)/g, ']');
  const found = scan(text);
  return { ...found, givens: given, links, headings };
}

/** The ids that Astro gives to a page's headings: one that stands there twice gets a number. */
export function idsOf(headings: readonly string[]): string[] {
  const slugger = new GithubSlugger();
  return headings.map((heading) => slugger.slug(heading.replaceAll(/<[^>]*>/g, '').trim()));
}

/** Walks through text, tags and expressions; a tag or an expression ends where its brackets do. */
function scan(text: string): Pick<Parts, 'prose' | 'said' | 'tags'> {
  let [prose, said] = ['', ''];
  const tags: { name: string; attributes: string; wordsBefore: number }[] = [];
  for (let i = 0; i < text.length;) {
    const rest = text.slice(i);
    const tag = /^<\/?([A-Za-z][\w.]*)/.exec(rest);
    const isExport = (i === 0 || text[i - 1] === '\n') && rest.startsWith('export ');
    if (tag) {
      const end = endOf(text, i + tag[0].length, '>');
      const attributes = text.slice(i + tag[0].length, end);
      if (!rest.startsWith('</'))
        tags.push({ name: tag[1]!, attributes, wordsBefore: wordsIn(prose) });
      said += literals(attributes);
      prose += /^[a-z]/.test(tag[1]!) ? '' : ' ';
      i = end + 1;
    } else if (text[i] === '{' || isExport) {
      const end = isExport ? endOf(text, i, ';') : endOf(text, i + 1, '}');
      said += literals(text.slice(i, end));
      i = end + 1;
    } else {
      prose += text[i];
      i += 1;
    }
  }
  return { prose, said, tags };
}

/** The index of the first `close` that is in no bracket and no string. */
function endOf(text: string, from: number, close: string): number {
  let depth = 0;
  let quote = '';
  for (let i = from; i < text.length; i += 1) {
    const c = text[i]!;
    if (quote) {
      if (c === quote) quote = '';
    } else if (depth === 0 && c === close) return i;
    else if (c === '"' || c === '`' || (c === "'" && /[\s([{=:,]/.test(text[i - 1] ?? ' ')))
      quote = c;
    else if ('{(['.includes(c)) depth += 1;
    else if ('})]'.includes(c)) depth -= 1;
  }
  return text.length;
}

/** Texts among code: string literals of more than one word. */
const literals = (code: string): string =>
  [...code.matchAll(/"([^"]*)"|'([^'\n]*)'|`([^`]*)`/g)]
    .map((m) => m[1] ?? m[2] ?? m[3] ?? '')
    .filter((text) => /\S\s\S/.test(text))
    .map((text) => ` ${text} `)
    .join('\n');
