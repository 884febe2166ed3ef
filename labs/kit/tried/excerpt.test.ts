import assert from 'node:assert/strict';
import { test } from 'node:test';
import { excerptOf, gap, hasLines } from './excerpt.ts';

const source = `const a = 1;
  // what it does
  if (a) {
    send(a);
  }
done();
`;

test('lines are shown without comments and without their common indent', () => {
  assert.equal(excerptOf(source, { from: 'if (a)', to: '}' }), 'if (a) {\n  send(a);\n}');
});

test('a gap stands where something is left out', () => {
  const shown = excerptOf(source, { from: 'if (a)', to: '}', blank: 'send(a);' });
  assert.equal(shown, `if (a) {\n  ${gap}\n}`);
});

test('lines that are gone are an error', () => {
  assert.throws(() => excerptOf(source, { from: 'while', to: '}' }), /got no lines from while/);
  assert.throws(
    () => excerptOf(source, { from: 'if', to: '}', blank: 'keep(a);' }),
    /got no keep\(a\);/,
  );
});

test('lines are found however they are indented, and only one after the other', () => {
  assert.ok(hasLines(source, 'if (a) {\nsend(a);'));
  assert.ok(!hasLines(source, 'if (a) {\ndone();'));
});
