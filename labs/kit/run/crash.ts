import { readFileSync } from 'node:fs';
import { basename, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './paths.ts';

/** What a crashed process said, as a person wants it: the error first, then file and line. */
export interface Crash {
  component: string;
  /** `SyntaxError: Unexpected token`. */
  error: string;
  /** `labs/01-nine-hops/src/service-a.ts:12`, if the output tells. */
  place: string | undefined;
}

/** Reads the last lines that Node.js wrote before it ended. */
export function readCrash(
  component: string,
  stderr: readonly string[],
  code: number | null = null,
): Crash {
  const text = stderr.map((line) =>
    line.replaceAll(moduleUrl, toPath).replaceAll(`${root}${sep}`, ''),
  );
  // Node's last words begin with a file and a line of their own; what stands before was only logged.
  const words = text.slice(Math.max(0, text.findLastIndex(isPlace)));
  const error =
    errorIn(words)
      ?.trim()
      .replace(/^\[(.*)\](?: \{)?$/, '$1') ?? `it ended by itself, exit code ${code ?? 'unknown'}`;
  const place = words.map(placeIn).find((p) => p && !/node_modules|labs[/\\]kit/.test(p));
  return { component, error, place: (place ?? importer(error))?.replaceAll('\\', '/') };
}

const moduleUrl = /file:\/\/[^\s()]+?\.[cm]?[jt]s(?:\?[^\s:()]*)?(?=[\s:)]|$)/g;

function toPath(url: string): string {
  try {
    return fileURLToPath(url.replace(/\?.*$/, ''));
  } catch {
    return url;
  }
}

const isPlace = (line: string): boolean =>
  /^(?:node:internal\/\S+|\S.*\.[cm]?[jt]s):\d+$/.test(line);

function errorIn(words: readonly string[]): string | undefined {
  const named = words.find((line) => /^(?:Uncaught )?(?:\w*(?:Error|Exception)\b|\[\w)/.test(line));
  if (named !== undefined) return named;
  // An error with a name of its own, or a thrown text: it stands below the mark under the code.
  const mark = words.findLastIndex((line) => /^\s*\^+\s*$/.test(line));
  return mark === -1
    ? words.findLast((line) => !isCrashNoise(line))
    : words.slice(mark + 1).find((line) => !isCrashNoise(line));
}

/** The file and line of a frame, or of the line above the code. */
function placeIn(line: string): string | undefined {
  const [, file, n] = /^(?:\s+at (?:.* \(|async )?)?(\S.*\.ts):(\d+)(?::\d+)?\)?$/.exec(line) ?? [];
  return file && `${file}:${n}`;
}

/** The import that failed: Node tells the file, and its text where in it. */
function importer(error: string): string | undefined {
  const [, wanted = '', file] = /'([^']+)'.* imported from (.+\.ts)$/.exec(error) ?? [];
  if (!file) return undefined;
  try {
    const lines = readFileSync(resolve(root, file), 'utf8').split('\n');
    const n = lines.findIndex(
      (line) => /\b(?:from|import)\b.*['"]/.test(line) && line.includes(basename(wanted)),
    );
    return n === -1 ? file : `${file}:${n + 1}`;
  } catch {
    return file;
  }
}

/** Whether a line of a crash tells a learner nothing: Node's own frames and its version. */
export const isCrashNoise = (line: string): boolean =>
  /^\s+at .*(?:node:internal|\(<anonymous>\)|labs[/\\]kit|node_modules)|^Node\.js v\d|triggerUncaughtException|^node:internal|^file:\S*labs\/kit\S*:\d+$|^\s*\^?\s*$|^\s+code: 'ERR_|^\s+url: 'file:|^\s+throw new ERR_|^\s+const self = new Error\(\);$|^\(Use `node --trace-uncaught|^\}$/.test(
    line,
  );
