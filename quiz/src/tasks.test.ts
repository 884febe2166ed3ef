import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stringify } from 'yaml';
import { cardsFile, glossaryFile } from './cards.ts';
import { checkBank, readBank, tryTasksOf } from './bank.ts';
import { challengeFile, problemsIn } from './check.ts';
import { tryFile, type TryTasks } from './tasks.ts';

const misconceptions = {
  'post-is-instant': { belief: 'A letter arrives at once.', fact: 'A letter travels for days.' },
};
const glossary = {
  letter: { term: 'letter', means: 'Paper that is carried from one to another.' },
};

/** Chapter 4's tasks, moved to a chapter of their own, after a change. */
function told(change: (draft: TryTasks) => void): string[] {
  const draft = structuredClone(tryTasksOf('04-topics')!);
  draft.chapter = '07-post';
  for (const { answers } of draft.tasks)
    for (const answer of answers) if (!answer.right) answer.misconception = 'post-is-instant';
  change(draft);
  const context = { file: 'quiz/bank/07-post/try.yaml', misconceptions };
  return problemsIn(stringify(draft), context, tryFile);
}

describe('small tasks', () => {
  it('that are sound have no problem', () =>
    assert.deepEqual(
      told(() => undefined),
      [],
    ));

  const cases: [name: string, change: (draft: TryTasks) => void, message: RegExp][] = [
    [
      'another order of kinds',
      (draft) => (draft.tasks = draft.tasks.toReversed()),
      /kinds: got fix, .*, expected complete, order, find-the-bug, predict, fix/,
    ],
    [
      'no right answer',
      ({ tasks: [first] }) => delete first!.answers[1]!.right,
      /announce-it: (once, its misconception: got nothing|right answers: got 0 of 3)/,
    ],
    [
      'a wrong answer without a misconception',
      ({ tasks: [first] }) => delete first!.answers[0]!.misconception,
      /announce-it: twice, its misconception: got nothing, expected one of post-is-instant/,
    ],
    [
      'an order that is none of the hops',
      ({ tasks: [, order] }) => order!.answers[0]!.order!.pop(),
      /order-the-hops: save-publish-reply, its order: got order-service-stored,publish, expected the hops/,
    ],
    [
      'a gap without what belongs into it',
      ({ tasks: [first] }) => delete first!.code!.blank,
      /announce-it: code\.blank: got nothing/,
    ],
    [
      'a run of an action and a check',
      ({ tasks: [first] }) => (first!.run.check = 'x'),
      /run: got .*, expected either an action or a check/,
    ],
    [
      'an answer that is text and code',
      ({ tasks: [first] }) => (first!.answers[0]!.text = 'both'),
      /answers\[0\]: got .*, expected an answer: id, one of text, code and order/,
    ],
    [
      'two hints',
      ({ tasks: [first] }) => first!.hints.pop(),
      /hints: got a list of 2, expected three/,
    ],
    [
      'a variant that is none',
      ({ tasks: [first] }) => (first!.answers[0]!.variant = 'src'),
      /variant: got "src", expected solution, starter, mutants\/NAME/,
    ],
  ];
  for (const [name, change, message] of cases)
    it(`with ${name} are told`, () => assert.match(told(change).join('\n'), message));
});

describe('a challenge', () => {
  it('has one problem of each kind', () => {
    const option = (id: string, correct: boolean) => ({
      id,
      text: correct ? 'Later' : `At once, says ${id}`,
      explanation: 'A letter has to travel first, and that takes a day at the least.',
      ...(correct ? { correct } : { misconception: 'post-is-instant' }),
    });
    const questions = ['concept', 'architecture', 'trade-off', 'capacity', 'capacity'].map(
      (kind, i) => ({
        id: `q-${i}`,
        kind,
        text: 'When does a letter arrive?',
        options: [0, 1, 2, 3].map((place) => option(`o-${place}`, place === i % 4)),
      }),
    );
    const context = { file: 'quiz/bank/07-post/challenge.yaml', misconceptions };
    const problems = problemsIn(
      stringify({ chapter: '07-post', questions }),
      context,
      challengeFile,
    );
    assert.equal(problems.length, 1);
    assert.match(problems[0]!, /kinds: got .*, expected one question of kind failure/);
  });
});

describe('cards and glossary', () => {
  it('tell a term that the glossary does not have', () => {
    const cards = Array.from({ length: 10 }, (_, i) => ({
      id: `card-${i}`,
      front: 'What is a letter?',
      back: 'Paper that travels.',
      terms: i === 3 ? ['parcel'] : ['letter'],
    }));
    const context = { file: 'quiz/bank/07-post/cards.yaml', glossary };
    const problems = problemsIn(stringify({ chapter: '07-post', cards }), context, cardsFile);
    assert.equal(problems.length, 1);
    assert.match(problems[0]!, /card-3, its terms: got parcel, expected one of letter/);
  });

  it('tell a word that is a term and forbidden at once', () => {
    const both = { ...glossary, parcel: { ...glossary.letter, term: 'parcel', not: ['Letter'] } };
    const [problem] = problemsIn(stringify(both), { file: 'g.yaml' }, glossaryFile);
    assert.match(problem!, /parcel, not: got Letter, which is a term itself/);
  });
});

describe('ids of a chapter', () => {
  it('are its own, whichever file they are in', () => {
    const bank = readBank();
    const challenge = bank.challenges.find(({ file }) => file.includes('04-topics'));
    const text = challenge!.text.replace('id: poison', 'id: push-twice');
    const problems = checkBank({ ...bank, challenges: [{ ...challenge!, text }] });
    assert.match(
      problems.join('\n'),
      /challenge\.yaml\] ids: got push-twice, which quiz\/bank\/04-topics\/quiz\.yaml has too/,
    );
  });
});
