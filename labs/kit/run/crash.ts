import { relative } from 'node:path';
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
  const text = stderr.map((line) => line.replaceAll(/file:\/\/\S+/g, clean));
  const error =
    text.find((line) => /^(?:Uncaught )?(?:\w*Error\b|\[\w)/.test(line))?.trim() ??
    text.findLast((line) => line.trim() !== '') ??
    `it ended by itself, exit code ${code ?? 'unknown'}`;
  const place = text
    .map((line) =>
      /((?:\/|[A-Za-z]:\\|labs[/\\]|\.runs[/\\])[^\s()?]*\.ts)[^\s:()]*:(\d+)/.exec(line),
    )
    .find((match) => match && !/node_modules|labs[/\\]kit/.test(match[1]!));
  return {
    component,
    error: error.replace(/^\[(.*)\] \{$/, '$1'),
    place: place ? `${relativeToRoot(place[1]!)}:${place[2]}` : undefined,
  };
}

function clean(url: string): string {
  const [, address, rest] = /^(file:\/\/[^:)\s]+)(.*)$/.exec(url) ?? [];
  if (!address) return url;
  try {
    return fileURLToPath(address.replace(/\?.*$/, '')) + rest;
  } catch {
    return url;
  }
}

const relativeToRoot = (file: string): string => {
  const path = relative(root, file);
  return path.startsWith('..') ? file : path.replaceAll('\\', '/');
};

/** Whether a line of a crash tells a learner nothing: Node's own frames and its version. */
export const isCrashNoise = (line: string): boolean =>
  /^\s+at .*(?:node:internal|\(<anonymous>\)|labs[/\\]kit|node_modules)|^Node\.js v\d|triggerUncaughtException|^node:internal|^\s*\^?\s*$|^\s+code: 'ERR_|^\}$/.test(
    line,
  );
