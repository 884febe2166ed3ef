import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Series } from './series.ts';

const values = (series: Series): string[] => [series.next('o'), series.next('p')];

test('a named series is the same whatever came before it', () => {
  const [alone, among] = [new Series('s'), new Series('s')];
  among.scope('other');
  values(among);
  alone.scope('check');
  among.scope('check');
  assert.deepEqual(values(alone), values(among));
});

test('a series that is begun again has other values, and so has another seed', () => {
  const [one, two] = [new Series('s'), new Series('t')];
  one.scope('check');
  two.scope('check');
  const first = values(one);
  one.scope('check');
  assert.equal(new Set([...first, ...values(one), ...values(two)]).size, 6);
  assert.match(first[0]!, /^o-[0-9a-f]{10}$/);
});
