import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stringify } from 'yaml';
import { parseFile, parseMisconceptions, problemsIn, quizFile } from './check.ts';
import { BankError } from './problem.ts';

const file = 'quiz/bank/07-post/quiz.yaml';
const misconceptions = {
  'post-is-instant': { belief: 'A letter arrives at once.', fact: 'A letter travels for days.' },
};
const context = { file, misconceptions };

const wrong = (id: string) => ({
  id,
  text: `It arrives at once, ${id}`,
  misconception: 'post-is-instant',
  explanation: 'A letter has to travel first, and that takes a day at the least.',
});
const right = {
  id: 'later',
  text: 'It arrives later',
  correct: true as boolean | undefined,
  explanation: 'The letter is on its way, and nobody stands and waits for it.',
};
const sound = () => ({
  chapter: '07-post',
  questions: [
    { id: 'one', text: 'When does a letter arrive?', options: [right, 'a', 'b', 'c'].map(option) },
    {
      id: 'two',
      text: 'When does the next one arrive?',
      options: ['a', right, 'b', 'c'].map(option),
    },
  ],
});
type Draft = ReturnType<typeof sound>;
type DraftOption = typeof right & { misconception?: string };

function option(o: string | typeof right): DraftOption {
  return (typeof o === 'string' ? wrong(o) : { ...o }) as DraftOption;
}

const problemsAfter = (change: (draft: Draft) => void): string[] => {
  const draft = sound();
  change(draft);
  return problemsIn(stringify(draft), context, quizFile);
};

const at = (draft: Draft, question: number, place: number): DraftOption =>
  draft.questions[question]!.options[place]!;

describe('a quiz', () => {
  it('finds nothing in a sound quiz', () => {
    assert.deepEqual(
      problemsAfter(() => {}),
      [],
    );
  });

  const cases: [name: string, change: (draft: Draft) => void, message: RegExp][] = [
    [
      'a missing explanation, with line, value and expectation',
      (d) => delete (at(d, 0, 1) as Partial<DraftOption>).explanation,
      /^\[quiz\/bank\/07-post\/quiz\.yaml:\d+\] questions\[0\]\.options\[1\]\.explanation: got nothing, expected why this option is right or wrong, .+\. Try: .+/,
    ],
    ['a short explanation', (d) => (at(d, 0, 1).explanation = 'No.'), /got "No\.", expected why/],
    [
      'three options',
      (d) => d.questions[0]!.options.pop(),
      /options: got a list of 3, expected .*four/,
    ],
    [
      'a misspelt field',
      (d) => Object.assign(at(d, 0, 0), { corect: true }),
      /options\[0\]\.corect: got true, expected no such field/,
    ],
    [
      'no right option',
      (d) => delete (at(d, 0, 0) as Partial<DraftOption>).correct,
      /one, right|right options: got 0, expected exactly one/,
    ],
    [
      'two right options',
      (d) => Object.assign(at(d, 0, 1), { correct: true, misconception: undefined }),
      /one: right options: got 2, expected exactly one/,
    ],
    [
      'an unknown misconception',
      (d) => (at(d, 0, 1).misconception = 'post-is-slow'),
      /a, its misconception: got post-is-slow, expected one of post-is-instant/,
    ],
    [
      'a misconception behind the right option',
      (d) => (at(d, 0, 0).misconception = 'post-is-instant'),
      /later, its misconception: got post-is-instant, expected none/,
    ],
    [
      'a right option that is the longest',
      (d) => (at(d, 0, 0).text = 'It arrives later, when the postman has come by with his bag'),
      /got the longest of the four/,
    ],
    [
      'the right option always in one place',
      (d) => d.questions[1]!.options.unshift(d.questions[1]!.options.splice(1, 1)[0]!),
      /place of the right option: got number 1 in every question, expected places that vary/,
    ],
    [
      'one id twice in a question',
      (d) => (at(d, 0, 1).id = 'b'),
      /options, their ids: got b twice/,
    ],
    [
      'one question id twice',
      (d) => (d.questions[1]!.id = 'one'),
      /questions, their ids: got one twice/,
    ],
    [
      'a chapter that is not its folder',
      (d) => (d.chapter = '08-mail'),
      /chapter: got 08-mail, expected 07-post/,
    ],
  ];
  for (const [name, change, message] of cases) {
    it(`tells of ${name}`, () => {
      const problems = problemsAfter(change);
      assert.ok(problems.length > 0);
      assert.match(problems[0]!, message);
    });
  }

  it('names the line of broken YAML', () => {
    const [problem] = problemsIn('chapter: 07-post\nquestions: [', context, quizFile);
    assert.match(
      problem!,
      /^\[quiz\/bank\/07-post\/quiz\.yaml:\d+\] syntax: got .+, expected YAML\./,
    );
  });

  it('says so when the file is empty', () => {
    assert.match(problemsIn('', context, quizFile)[0]!, /the file: got null, expected a quiz/);
  });
});

describe('parseFile', () => {
  it('returns the quiz', () => {
    assert.equal(parseFile(stringify(sound()), context, quizFile).questions.length, 2);
  });

  it('throws every problem at once', () => {
    const draft = sound();
    draft.questions[0]!.text = 'No question';
    draft.chapter = 'post';
    assert.throws(
      () => parseFile(stringify(draft), context, quizFile),
      (error) => error instanceof BankError && error.problems.length === 2,
    );
  });
});

describe('parseMisconceptions', () => {
  it('names what is missing', () => {
    assert.throws(
      () => parseMisconceptions('post-is-instant: { belief: It is there at once. }', 'm.yaml'),
      /\[m\.yaml:1\] post-is-instant\.fact: got nothing, expected what is true instead/,
    );
  });
});
