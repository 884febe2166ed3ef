/** What is wrong with a file is told in the words of its schema, and not in the validator's. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { parseWith, readYaml } from './problem.ts';

const size = z.literal('large').describe('the size: large');
const schema = z
  .strictObject({
    size: size.optional(),
    weight: z.number().optional().describe('a weight in grams'),
    parts: z.array(z.strictObject({ size }).optional().describe('a part')).optional(),
  })
  .describe('a parcel');

const expectedOf = (text: string): string[] =>
  parseWith(schema, readYaml(text, 'a.yaml').source).problems.map(({ expected }) => expected);

for (const [what, text, expected] of [
  ['an optional field, by what it wraps', 'size: small', 'the size: large'],
  ['an optional field, by its own words', 'weight: heavy', 'a weight in grams'],
  ['a field in an optional list', 'parts: [{ size: small }]', 'the size: large'],
  ['a field that is missing', 'parts: [{}]', 'the size: large'],
  ['an entry of another type', 'parts: [1]', 'a part'],
  ['a field that does not exist', 'colour: red', 'no such field'],
  ['a file of another type', '- 1', 'a parcel'],
] as const)
  test(`what is expected of ${what}`, () => {
    assert.deepEqual(expectedOf(text), [expected]);
  });
