import { stripVTControlCharacters } from 'node:util';

const width = (text: string): number => stripVTControlCharacters(text).length;

/**
 * Lines for a terminal: one that is too long is broken at a space, and goes on below where its last
 * column began (`✗ task 2  an-id   A title that …`). Words, and colours, stay whole.
 * @param columns of the terminal that standard output is; a file or a pipe gets the text as it is
 */
export function fitted(
  text: string,
  columns = process.stdout.isTTY ? process.stdout.columns : Infinity,
): string {
  return text
    .split('\n')
    .map((line) => (width(line) > columns ? broken(line, columns) : line))
    .join('\n');
}

function broken(line: string, columns: number): string {
  const indent = ' '.repeat(lastColumn(line, columns));
  const [first, ...words] = line.split(/(?<=\S) (?=\S)/);
  const lines = [first!];
  for (const word of words) {
    const longer = `${lines.at(-1)} ${word}`;
    if (width(longer) <= columns) lines[lines.length - 1] = longer;
    else lines.push(indent + word);
  }
  return lines.join('\n');
}

/** Where the last column of a line begins, told by two spaces or more before it; none in its right half. */
function lastColumn(line: string, columns: number): number {
  const plain = stripVTControlCharacters(line);
  const starts = [...plain.matchAll(/(?:^| ) +(?=\S)/g)].map(
    ({ 0: gap, index }) => index + gap.length,
  );
  return starts.findLast((start) => start <= columns / 2) ?? 0;
}
