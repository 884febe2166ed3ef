import { formatProblem } from '../../quiz/src/problem.ts';
import type { Rule } from './rules.ts';

/** What texts may take from elsewhere, by the folder's slug; undefined: there is no such file. */
export interface Elsewhere {
  /** `read-miss.replied`, of `recorded.json`. */
  figures: (lab: string) => readonly string[] | undefined;
  /** `warehouse to event-bus, connect`, of `packets.json`. */
  messages: (lab: string) => readonly string[] | undefined;
  /** The ids of the headings of the lab's README. */
  sections: (chapter: string) => readonly string[] | undefined;
  /** The ids of the tasks of `try.yaml`. */
  tasks: (chapter: string) => readonly string[] | undefined;
}

/** A component that shows something from elsewhere: which attributes say what, and where that is. */
interface Taker {
  /** The attribute that names the lab or the chapter. */
  folder: 'lab' | 'chapter';
  /** The attribute that names the thing. */
  names: string;
  what: string;
  file: (slug: string) => string;
  known: keyof Elsewhere;
  /** The start of an id is enough. */
  start?: true;
  hint: (number: string) => string;
}

const takers: Record<string, Taker> = {
  Figure: {
    folder: 'lab',
    names: 'of',
    what: 'a figure',
    file: (lab) => `labs/${lab}/recorded.json`,
    known: 'figures',
    hint: (number) => `mend it, or npm run record ${number}.`,
  },
  Message: {
    folder: 'lab',
    names: 'of',
    what: 'a message',
    file: (lab) => `labs/${lab}/packets.json`,
    known: 'messages',
    hint: (number) => `mend it, or npm run record ${number} -- --packets.`,
  },
  FromReadme: {
    folder: 'chapter',
    names: 'section',
    what: 'a section',
    file: (chapter) => `labs/${chapter}/README.md`,
    known: 'sections',
    start: true,
    hint: () => 'mend it: it is the start of a heading’s id.',
  },
  Try: {
    folder: 'chapter',
    names: 'task',
    what: 'a task',
    file: (chapter) => `quiz/bank/${chapter}/try.yaml`,
    known: 'tasks',
    hint: () => 'mend it, or write the task.',
  },
};

const tag = new RegExp(`<(${Object.keys(takers).join('|')})\\s([^]*?)/>`, 'g');

/** What a text shows from a recording, a README or a bank is there. */
export const takesWhatIsThere =
  (elsewhere: Elsewhere): Rule =>
  ({ file, source }) => {
    const fenced = /^```[^]*?^```$/gm;
    // Their lines stay, so that the numbers of those after them do.
    const text = source.replaceAll(fenced, (code) => code.replaceAll(/[^\n]/g, ' '));
    return [...text.matchAll(tag)].flatMap(({ 1: name = '', 2: attributes = '', index }) => {
      const { folder, names, start, ...taker } = takers[name]!;
      const slug = valueOf(attributes, folder, source);
      const wanted = valueOf(attributes, names, source);
      // What only the build can work out, the build judges.
      if (slug === undefined || wanted === undefined) return [];
      const known = elsewhere[taker.known](slug);
      if (known?.some((id) => fits(wanted, id, start))) return [];
      return formatProblem({
        file,
        line: source.slice(0, index).split('\n').length,
        what: taker.what,
        got: wanted,
        expected: known
          ? `one of ${taker.file(slug)}: ${near(wanted, known).join('; ')}`
          : `one of ${taker.file(slug)}, which is not there`,
        hint: taker.hint(slug.slice(0, 2)),
      });
    });
  };

/**
 * An attribute's value, as it is written: a text, a template, or a constant that the text exports.
 * Undefined if it is none of them.
 */
function valueOf(attributes: string, name: string, source: string): string | undefined {
  const [, text, template, constant] =
    new RegExp(`\\b${name}=(?:"([^"]*)"|\\{\`([^\`]*)\`\\}|\\{(\\w+)\\})`).exec(attributes) ?? [];
  if (constant === undefined) return text ?? template;
  return new RegExp(`^export const ${constant} = '([^']*)';`, 'm').exec(source)?.[1];
}

/** Whether an id is the one that is wanted; where a template has `${…}`, anything may stand. */
function fits(wanted: string, id: string, start = false): boolean {
  const parts = wanted.split(/\$\{[^}]*\}/).map((part) => RegExp.escape(part));
  return new RegExp(`^${parts.join('.+')}${start ? '' : '$'}`).test(id);
}

/** Of what there is, what begins as the wanted does up to a dot or a comma; else all. */
function near(wanted: string, known: readonly string[]): readonly string[] {
  const [head] = /^[^.,]*[.,]/.exec(wanted) ?? [];
  const alike = known.filter((id) => head !== undefined && id.startsWith(head));
  return alike.length > 0 ? alike : known;
}
