import { LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';

/** One thing that is wrong with a file, in the words an author can act on. */
export interface Problem {
  file: string;
  line?: number;
  /** Where in the file, such as `questions[0].options[2].explanation`. */
  what: string;
  got: string;
  expected: string;
  hint: string;
}

type Path = readonly PropertyKey[];

/** `[file:line] what: got X, expected Y. Try: …` */
export function formatProblem({ file, line, what, got, expected, hint }: Problem): string {
  const where = line === undefined ? file : `${file}:${line}`;
  return `[${where}] ${what}: got ${got}, expected ${expected}. Try: ${hint}`;
}

/** Thrown where a broken file must stop the caller; the message holds every problem, a line each. */
export class BankError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.name = 'BankError';
    this.problems = problems;
  }
}

/** A YAML text with what is needed to say where in it something is wrong. */
export interface Source {
  file: string;
  data: unknown;
  /** The line of a place; of the nearest around it, where there is nothing. */
  lineOf(path: Path): number;
}

/** Reads YAML; a syntax error becomes a problem with its line. */
export function readYaml(text: string, file: string): { source: Source; problems: Problem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems = document.errors.map((error): Problem => ({
    file,
    line: lines.linePos(error.pos[0]).line,
    what: 'syntax',
    got: error.message,
    expected: 'YAML',
    hint: 'mend this line; the fault may sit in the line above it.',
  }));
  const data: unknown = problems.length > 0 ? undefined : document.toJS();
  return { source: { file, data, lineOf: (path) => lineOf(document, lines, path) }, problems };
}

/** Checks data against a schema. Each problem says what was given and what the schema wants there. */
export function parseWith<T extends z.ZodType>(
  schema: T,
  source: Source,
): { value?: z.infer<T>; problems: Problem[] } {
  const result = schema.safeParse(source.data);
  if (result.success) return { value: result.data, problems: [] };
  return { problems: result.error.issues.flatMap((issue) => problemsOf(issue, schema, source)) };
}

/** A path the way an author would type it. */
function pathName(path: Path): string {
  const name = path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('');
  return name.replace(/^\./, '') || 'the file';
}

function problemsOf(issue: z.core.$ZodIssue, schema: z.ZodType, source: Source): Problem[] {
  const keys: Path[] =
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => [...issue.path, key])
      : [issue.path];
  return keys.map((path) => {
    const unknown = issue.code === 'unrecognized_keys';
    return {
      file: source.file,
      line: source.lineOf(path),
      what: pathName(path),
      got: describeValue(valueAt(source.data, path)),
      expected: unknown ? 'no such field' : (describe(schema, path) ?? issue.message),
      hint: unknown
        ? 'remove it, or mend its spelling.'
        : 'see the files beside it for an example.',
    };
  });
}

/** What an optional schema wraps; any other schema as it is. */
function bare(schema: z.ZodType | undefined): z.ZodType | undefined {
  return schema instanceof z.ZodOptional ? bare(schema.unwrap() as z.ZodType) : schema;
}

/** Walks a schema along a path and returns the nearest description. */
function describe(schema: z.ZodType, path: Path): string | undefined {
  let at = bare(schema);
  let text = schema.description;
  for (const key of path) {
    if (at instanceof z.ZodObject) at = at.shape[String(key)] as z.ZodType | undefined;
    else if (at instanceof z.ZodArray) at = at.element as z.ZodType;
    else if (at instanceof z.ZodRecord) at = at.valueType as z.ZodType;
    else return text;
    text = at?.description ?? bare(at)?.description ?? text;
    at = bare(at);
  }
  return text;
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)?.[key], data);
}

function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function lineOf(document: Document, lines: LineCounter, path: Path): number {
  // A missing field has no place of its own; its parent's line is the next best.
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true) as { range?: [number] } | undefined;
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
