import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { Pace } from './pace.ts';

let shown: number[];
let wantsNoMotion: boolean;
Object.defineProperty(globalThis, 'matchMedia', { value: () => ({ matches: wantsNoMotion }) });

beforeEach(() => {
  shown = [];
  wantsNoMotion = false;
});
mock.timers.enable({ apis: ['setTimeout'] });

/** Step by step: a timer that is set meanwhile counts from then. */
const wait = (ms: number): void => {
  for (let n = 0; n < ms; n += 1) mock.timers.tick(1);
};
const show = (pace: Pace, from: number, to: number): void => {
  for (let n = from; n <= to; n += 1) pace.do(() => shown.push(n));
};

test('things are shown one after the other, in their order', () => {
  const pace = new Pace();
  show(pace, 1, 3);
  wait(1);
  assert.deepEqual(shown, [1]);
  wait(179);
  assert.deepEqual(shown, [1]);
  wait(1);
  assert.deepEqual(shown, [1, 2]);
  show(pace, 4, 4);
  wait(1_000);
  assert.deepEqual(shown, [1, 2, 3, 4]);
});

test('what was is shown at once, and so is all for those who want no motion', () => {
  const past = new Pace();
  past.past = true;
  show(past, 1, 2);
  assert.deepEqual(shown, [1, 2]);
  wantsNoMotion = true;
  show(new Pace(), 3, 4);
  assert.deepEqual(shown, [1, 2, 3, 4]);
});

test('of too much nothing is late or lost', () => {
  show(new Pace(), 1, 61);
  assert.deepEqual(
    shown,
    [...Array(61).keys()].map((n) => n + 1),
  );
});

test('what is dropped is never shown, and what comes after it is', () => {
  const pace = new Pace();
  show(pace, 1, 2);
  pace.drop();
  show(pace, 3, 3);
  wait(1_000);
  assert.deepEqual(shown, [3]);
});
