import assert from 'node:assert/strict';
import { test } from 'node:test';
import { styleText, stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { fitted } from './fitted.ts';

test('a line that is too long goes on below where its last column began', () => {
  assert.equal(
    fitted('✗ task 3  same-key      A lost reply is asked for again, and once more (12 ms)', 50),
    [
      '✗ task 3  same-key      A lost reply is asked for',
      '                        again, and once more (12',
      '                        ms)',
    ].join('\n'),
  );
  assert.equal(
    fitted('  expected   reply 201 and more', 26),
    '  expected   reply 201 and\n             more',
  );
});

test('what fits, and what goes to a file, stays as it is', () => {
  const text = 'one line\n\n  another line, a little longer';
  assert.equal(fitted(text, 40), text);
  assert.equal(fitted(text, Infinity), text);
});

test('a last column in the right half gives no room to go on below: the line goes on at its left', () => {
  assert.equal(
    fitted('first and second words      last column', 36),
    'first and second words      last\ncolumn',
  );
});

test('no word is lost or broken, and colours stay around their words', () => {
  const red = (text: string): string => styleText('red', text, { validateStream: false });
  const word = fc.stringMatching(/^[a-z]{1,12}$/);
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1 }),
      fc.integer({ min: 20, max: 60 }),
      (words, columns) => {
        const text = `✗ id  ${words.join(' ')}`;
        const lines = stripVTControlCharacters(fitted(red(text), columns)).split('\n');
        assert.deepEqual(lines.join(' ').split(/ +/), text.split(/ +/));
        for (const line of lines)
          assert.ok(line.length <= columns || !line.trim().includes(' '), line);
      },
    ),
  );
});
