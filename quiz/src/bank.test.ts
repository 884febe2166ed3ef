import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkBank, readBank } from './bank.ts';
import { parseFile, parseMisconceptions, quizFile } from './check.ts';

describe('the bank', () => {
  const bank = readBank();
  const misconceptions = parseMisconceptions(bank.misconceptions.text, bank.misconceptions.file);

  it('has no problem', () => {
    assert.deepEqual(checkBank(bank), []);
  });

  it('is not empty, and an empty one would be told of', () => {
    assert.ok(bank.quizzes.length >= 1);
    assert.match(checkBank({ ...bank, quizzes: [] })[0]!, /quizzes: got none/);
  });

  for (const { file, text } of bank.quizzes) {
    const { questions } = parseFile(text, { file, misconceptions }, quizFile);

    it(`${file}: every option has an explanation of its own`, () => {
      const explanations = questions.flatMap((q) => q.options.map((o) => o.explanation));
      assert.equal(explanations.length, questions.length * 4);
      assert.equal(new Set(explanations).size, explanations.length);
    });

    it(`${file}: the right option is never the longest and not always in one place`, () => {
      const places = new Set<number>();
      for (const { options } of questions) {
        const place = options.findIndex((o) => o.correct);
        places.add(place);
        const longest = Math.max(...options.map((o) => o.text.length));
        assert.ok(options[place]!.text.length < longest);
      }
      assert.ok(places.size > 1);
    });
  }

  it('01-nine-hops: asks first who carries the synchronous communication', () => {
    const { file, text } = bank.quizzes.find((quiz) => quiz.file.includes('01-nine-hops'))!;
    const [first, ...rest] = parseFile(text, { file, misconceptions }, quizFile).questions;
    assert.equal(rest.length, 2);
    assert.deepEqual(
      first!.options.map((o) => [o.id, o.correct === true]),
      [
        ['service-c', false],
        ['event-bus', false],
        ['service-a', true],
        ['cache-b', false],
      ],
    );
  });
});
