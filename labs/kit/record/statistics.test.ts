import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nearest, spread } from './statistics.ts';

test('the median of an odd number is one of them, of an even number lies between two', () => {
  assert.deepEqual(spread([9, 1, 5]), { median: 5, min: 1, max: 9 });
  assert.deepEqual(spread([4, 1, 2, 9]), { median: 3, min: 1, max: 9 });
});

test('figures are rounded to tenths', () => {
  assert.deepEqual(spread([1.249, 3.06]), { median: 2.2, min: 1.2, max: 3.1 });
});

test('nothing measured is an error, not a figure', () => {
  assert.throws(() => spread([]), /nothing was measured/);
});

test('half of all lies on either side of the median, whatever their order', () => {
  const figures = fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(figures, (values) => {
      const { median, min, max } = spread(values);
      const half = values.length / 2;
      assert.ok(values.filter((v) => v <= median).length >= half);
      assert.ok(values.filter((v) => v >= median).length >= half);
      assert.equal(min, Math.min(...values));
      assert.equal(max, Math.max(...values));
      assert.deepEqual(spread(values.toReversed()), { median, min, max });
    }),
  );
});

test('the run to show is nearest the medians in all its figures, small ones too', () => {
  const all = [
    { replied: 10, stored: 1_300 },
    { replied: 4, stored: 1_310 },
    { replied: 5, stored: 1_000 },
    { replied: 5, stored: 1_320 },
    { replied: 6, stored: 1_400 },
  ];
  assert.equal(nearest(all), 3);
});
