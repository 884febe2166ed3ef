/** A record is read as YAML and held to its form; what is wrong is told with its line. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { NotAsExpected } from '../../kit/grade/errors.ts';
import type { Finding } from '../../kit/grade/results.ts';
import { runsFolder } from '../../kit/run/paths.ts';
import { solutionSource } from '../../kit/run/sources.ts';
import { solutionOf, starterOf } from '../../kit/run/starter.ts';
import { situations, type Situation } from '../cast.ts';
import lab from '../lab.ts';
import { readDecision } from './record.ts';

const right = `choice: event-driven
claims:
  - { compare: lost, lower: event-driven, factor: 2 }
  - { count: lost, style: event-driven, is: 0 }
  - { bound: latency p99, style: event-driven, under: 200, fault: slow by 250 ms }
reason: A sentence that is long enough to be a reason, as far as a machine can tell.
`;

describe('a record', () => {
  let folder: string;
  before(() => {
    mkdirSync(join(runsFolder, 'tmp'), { recursive: true });
    folder = mkdtempSync(join(runsFolder, 'tmp', 'record-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const read = (text: string, asks: Situation['asks'] = []) => {
    const path = join(folder, 'a.yaml');
    writeFileSync(path, text);
    return readDecision(path, 'a.yaml', asks);
  };
  const finding = (text: string, asks?: Situation['asks']): Finding => {
    try {
      read(text, asks);
    } catch (error) {
      assert.ok(error instanceof NotAsExpected, String(error));
      return error.finding;
    }
    throw new Error('it was read');
  };
  const refused = (text: string): string => finding(text).headline;

  test('of the right form is read, each claim with its line', () => {
    const { choice, claims } = read(right);
    assert.equal(choice, 'event-driven');
    assert.deepEqual(
      claims.map(({ line }) => line),
      [3, 4, 5],
    );
  });

  test('that is missing is the learner’s to bring back', () => {
    assert.throws(() => readDecision(join(folder, 'none.yaml'), 'none.yaml', []), NotAsExpected);
  });

  for (const [what, from, to, headline] of [
    ['an unknown field', 'reason:', 'because: x\nreason:', 'src/a.yaml, line 6: because'],
    ['an unknown style', 'choice: event-driven', 'choice: events', 'src/a.yaml, line 1: choice'],
    [
      'an unknown measure',
      'compare: lost',
      'compare: speed',
      'src/a.yaml, line 3: claims[0].compare',
    ],
    ['a factor below two', 'factor: 2', 'factor: 1.9', 'src/a.yaml, line 3: claims[0].factor'],
    [
      'a factor that is no number',
      'factor: 2',
      'factor: .nan',
      'src/a.yaml, line 3: claims[0].factor',
    ],
    ['an endless bound', 'under: 200', 'under: .inf', 'src/a.yaml, line 5: claims[2].under'],
    [
      'a bound without its fault',
      ', fault: slow by 250 ms',
      '',
      'src/a.yaml, line 5: claims[2].fault',
    ],
    ['a small fault', 'slow by 250 ms', 'slow by 2 ms', 'src/a.yaml, line 5: claims[2].fault'],
    ['a claim of no form', 'count: lost, ', '', 'src/a.yaml, line 4: claims[1]'],
    [
      'a claim of two forms',
      'count: lost, ',
      'count: lost, bound: lost, ',
      'src/a.yaml, line 4: claims[1]',
    ],
    [
      'a choice given twice',
      'claims:',
      'choice: event-driven\nclaims:',
      'src/a.yaml, line 2: syntax',
    ],
    ['a reason left to do', 'A sentence', 'TODO A sentence', 'src/a.yaml, line 6: reason'],
  ] as const)
    test(`with ${what} is refused`, () => {
      assert.equal(refused(right.replace(from, to)), headline);
    });

  for (const [what, from, to, expected] of [
    ['an empty record', right, '', 'a record: choice, claims and reason'],
    ['a missing style', 'lower: event-driven, ', '', 'request-response or event-driven'],
    ['another fault', ' is: 0', ' is: 0, fault: slow by 250 ms', 'no such field'],
    ['a bound’s fault', 'slow by 250 ms', 'slow', 'fault: slow by 250 ms'],
    ['a compare’s fault', 'factor: 2', 'factor: 2, fault: slow', 'fault: slow by 250 ms'],
    ['a factor in words', 'factor: 2', 'factor: two', 'a number from 2 on'],
    ['no factor', ', factor: 2', '', 'a number from 2 on'],
    ['a count below none', 'is: 0', 'is: -1', 'a number from 0 on'],
    ['a limit in words', 'under: 200', 'under: 200 ms', 'milliseconds above 0'],
    [
      'a claim in words',
      '{ count: lost, style: event-driven, is: 0 }',
      'none',
      'a claim: compare,',
    ],
    ['no list of claims', /claims:[^]*?(?=reason)/, 'claims: none\n', '3 to 12 claims'],
    ['no reason', /reason: .*/, '', 'your reason in place of TODO, in at least 60 characters'],
  ] as const)
    test(`with ${what}: what is expected is said plainly`, () => {
      const found = finding(right.replace(from, to)).expected;
      assert.ok(found?.startsWith(expected), found);
    });

  test('says something about each measure that is asked about', () => {
    assert.equal(read(right, ['lost']).claims.length, 3);
    const { headline, expected, observed } = finding(right, ['lost', 'duplicates']);
    assert.equal(headline, 'src/a.yaml: claims');
    assert.equal(
      expected,
      'a claim about duplicates: this situation asks about lost and duplicates',
    );
    assert.equal(observed, 'none of 3 is about duplicates');
  });

  for (const [what, text] of [
    ['an empty file', ''],
    ['a list', '- 1\n- 2\n'],
    [
      'a bomb of aliases',
      `a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]\nb: &b [${'*a, '.repeat(20)}]\nc: [${'*b, '.repeat(20)}]\n`,
    ],
    ['an alias of nothing', 'choice: *nothing\n'],
    ['binary data', '\u0000\u0001'],
  ] as const)
    test(`that is ${what} is refused, and no error`, () => {
      assert.match(refused(text), /^src\/a\.yaml/);
    });

  for (const { id, asks } of situations)
    test(`${id}.yaml: the solution is one, and the starter is YAML that is none yet`, () => {
      const text = readFileSync(solutionSource(lab)(`${id}.yaml`), 'utf8');
      assert.ok(read(solutionOf(text), asks).claims.length >= 3);
      assert.match(refused(starterOf(text)), /^src\/a\.yaml, line \d: choice$/);
    });
});
