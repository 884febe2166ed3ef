import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOptions } from './options.ts';

const options = {
  check: { type: 'string' },
  update: { type: 'boolean' },
  inspect: { type: 'string', multiple: true },
} as const;
const usage = 'npm run grade 01 [-- --check ID]';

test('options and what stands alone are told apart, in any order', () => {
  const { values, positionals } = readOptions(
    ['--check', 'a', '01', '--inspect=x', '--update', '--inspect', 'y'],
    options,
    usage,
  );
  assert.deepEqual({ ...values }, { check: 'a', update: true, inspect: ['x', 'y'] });
  assert.deepEqual(positionals, ['01']);
});

for (const [what, args, said] of [
  ['an option that there is not', ['01', '--chekc', 'a'], /--chekc/],
  ['an option without its value', ['01', '--check'], /--check/],
  ['a value for an option that takes none', ['--update=yes'], /--update/],
] as const)
  test(`${what} is an error with the usage`, () => {
    assert.throws(
      () => readOptions([...args], options, usage),
      (error: Error) => {
        assert.match(error.message, said);
        assert.ok(error.message.startsWith('[usage] '));
        assert.ok(error.message.endsWith(`Try: ${usage}`));
        return true;
      },
    );
  });
