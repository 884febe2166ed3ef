/** What of a file a task shows. */
export interface Excerpt {
  /** A part of the first line, and of the last one. */
  from: string;
  to: string;
  blank?: string | undefined;
}

/** What stands where something is left out. */
export const gap = '______';

/**
 * The lines of a program from the first that holds `from` to the next that holds `to`, without its
 * comments, and with a gap in place of `blank`.
 * @throws if there are no such lines: a program that was edited must not lose its text silently
 */
export function excerptOf(source: string, { from, to, blank }: Excerpt): string {
  const lines = source.split('\n').filter((line) => !/^\s*(\/\/|#)/.test(line));
  const first = lines.findIndex((line) => line.includes(from));
  const last = lines.findIndex((line, i) => i >= first && line.includes(to));
  if (first === -1 || last === -1)
    throw new Error(`got no lines from ${from} to ${to}, expected them in the file`);
  const shown = lines.slice(first, last + 1);
  const indents = shown
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const text = shown
    .map((line) => line.slice(Math.min(...indents)))
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n');
  if (blank === undefined) return text;
  if (!text.includes(blank)) throw new Error(`got no ${blank}, expected it among the lines shown`);
  return text.replace(blank, gap);
}

/** Whether a program has these lines one after the other, however they are indented. */
export function hasLines(source: string, code: string): boolean {
  const plain = (text: string): string[] =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !/^(\/\/|#)/.test(line));
  const [all, wanted] = [plain(source), plain(code)];
  return all.some((_, i) => wanted.every((line, j) => all[i + j] === line));
}
