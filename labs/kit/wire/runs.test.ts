import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Runs } from './runs.ts';

const about = { action: 'a', startAt: 0 };

test('a message belongs to the youngest run whose id it carries as a whole word', () => {
  const runs = new Runs();
  const [first, second] = ['o-1', 'o-12'].map((id) => runs.begin({ ...about, id }));
  assert.equal(runs.of('{"id":"o-1"}'), first);
  assert.equal(runs.of('{"id":"o-12"}'), second);
  assert.equal(runs.of('o-1,o-12'), second);
  assert.equal(runs.of('o-12,o-1'), second);
  assert.equal(runs.of('o-13 xo-1 o-1x'), undefined);
});

test('a run that begins again is the youngest, and the one before has ended', () => {
  const runs = new Runs();
  const [first] = ['o-1', 'o-2'].map((id) => runs.begin({ ...about, id }));
  const again = runs.begin({ ...about, id: 'o-1' });
  assert.equal(runs.of('o-1 o-2'), again);
  runs.end(first!);
  assert.equal(runs.of('o-1'), again);
  assert.deepEqual(
    runs.active().map(({ key }) => key),
    ['r2', 'r3'],
  );
});

test('what comes after the end belongs to none', () => {
  const runs = new Runs();
  const ids = ['o-1', 'a lamp', 'o-3'];
  const [first, second] = ids.map((id) => runs.begin({ ...about, id }));
  runs.end(first!);
  runs.end(second!);
  assert.deepEqual(
    runs.allIn(ids.join()).map(({ id }) => id),
    ['o-3'],
  );
  runs.endAll();
  assert.equal(runs.of(ids.join()), undefined);
});

test('an id is found wherever it stands as a whole, of whatever characters it is', () => {
  const id = fc.stringMatching(/^[a-c.\- é]{1,4}$/);
  const isWord = (character = ''): boolean => /[\w-]/.test(character);
  fc.assert(
    fc.property(
      fc.uniqueArray(id, { maxLength: 6 }),
      fc.array(id, { maxLength: 6 }),
      (ids, said) => {
        const text = said.join(' ');
        const runs = new Runs();
        for (const one of ids) runs.begin({ ...about, id: one });
        const stands = (one: string): boolean =>
          Array.from({ length: text.length }, (_, at) => at).some(
            (at) =>
              text.startsWith(one, at) && !isWord(text[at - 1]) && !isWord(text[at + one.length]),
          );
        assert.deepEqual(
          runs.allIn(text).map((run) => run.id),
          ids.filter(stands),
        );
      },
    ),
  );
});
