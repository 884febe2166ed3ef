/** What a process prints reaches the lab line by line, however it is printed. */
import assert from 'node:assert/strict';
import { finished } from 'node:stream/promises';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { eachLine } from './each-line.ts';

async function linesOf(...chunks: (string | Buffer)[]): Promise<string[]> {
  const input = new PassThrough();
  const lines: string[] = [];
  eachLine(input, (line) => lines.push(line));
  for (const chunk of chunks) input.write(chunk);
  input.end();
  await finished(input);
  return lines;
}

test('lines come whole, wherever the output was cut, and the last without its end', async () => {
  const [first, second] = [Buffer.from('ä').subarray(0, 1), Buffer.from('ä').subarray(1)];
  const lines = await linesOf('one\ntw', 'o\r\n\nthr', first, second, 'e');
  assert.deepEqual(lines, ['one', 'two', '', 'thräe']);
});

test('of a line that never ends only the beginning is told, once, and the next line is whole', async () => {
  const piece = 'x'.repeat(100_000);
  const lines = await linesOf(piece, piece, piece, 'end\nnext\n');
  assert.deepEqual(lines, [piece.slice(0, 16_384), 'next']);
});
