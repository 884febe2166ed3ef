import type { Readable } from 'node:stream';

/** More than a person reads of one line. */
const longest = 16_384;

/**
 * Calls `onLine` for each line of a process's output. Of a line that is too long only the beginning is
 * told, as soon as it is there: a service that prints without ever ending a line must not fill memory.
 */
export function eachLine(input: Readable, onLine: (line: string) => void): void {
  let rest = '';
  let isCut = false;
  const end = (line: string): void => {
    if (!isCut) onLine(line.slice(0, longest));
    isCut = false;
  };
  input
    .setEncoding('utf8')
    .on('data', (text: string) => {
      const lines = (rest + text).split(/\r?\n/);
      rest = lines.pop()!;
      lines.forEach(end);
      if (rest.length <= longest) return;
      end(rest);
      isCut = true;
      rest = '';
    })
    .on('end', () => rest && end(rest));
}
