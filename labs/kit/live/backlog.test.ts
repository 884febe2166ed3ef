import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CheckResult } from '../grade/results.ts';
import { Backlog } from './backlog.ts';
import type { LiveEvent } from './events.ts';

const result = (id: string, outcome: CheckResult['outcome']): LiveEvent => ({
  is: 'result',
  result: { id, outcome, task: 1, title: id, hops: [], points: 1, ms: 1 },
});
const told = (...events: LiveEvent[]): LiveEvent[] => {
  const backlog = new Backlog();
  for (const event of events) backlog.add(event);
  const all = backlog.all();
  assert.deepEqual([all[0], all.at(-1)], [{ is: 'begin' }, { is: 'live' }]);
  return all.slice(1, -1);
};

test('a newcomer learns how the lab and the bus are, not how they were', () => {
  assert.deepEqual(
    told(
      { is: 'lab', state: 'starting' },
      { is: 'bus', up: false },
      { is: 'lab', state: 'ended' },
      { is: 'bus', up: true },
    ),
    [
      { is: 'lab', state: 'ended' },
      { is: 'bus', up: true },
    ],
  );
});

test('each check’s latest result counts, and none after a save', () => {
  const again = [result('a', 'fail'), result('b', 'pass'), result('a', 'pass')];
  assert.deepEqual(told(...again), [result('b', 'pass'), result('a', 'pass')]);
  const saved: LiveEvent = { is: 'saved', files: ['service-a.ts'] };
  const checked: LiveEvent = { is: 'checked', all: true, stopped: false, summary: '2 of 2' };
  assert.deepEqual(told(...again, checked, saved), [saved]);
});

test('a user’s hops are kept, those of checks are not, and there is an end to it', () => {
  const hop = (by: 'user' | 'check'): LiveEvent => ({
    is: 'hop',
    by,
    hop: { at: 1, from: 'user', to: 'load-balancer', via: 'http', text: 'GET /' },
  });
  assert.deepEqual(told(hop('check'), hop('user')), [hop('user')]);
  const lines = Array.from({ length: 1_000 }, (_, i): LiveEvent => ({ is: 'said', text: `${i}` }));
  const kept = told(...lines);
  assert.ok(kept.length <= 500);
  assert.deepEqual(kept.at(-1), lines.at(-1));
});

test('checks that are going on are told until they end', () => {
  const checking: LiveEvent = { is: 'checking', checks: ['a'], all: true };
  const checked: LiveEvent = { is: 'checked', all: true, stopped: false, summary: '1 of 1' };
  assert.deepEqual(told(checking), [checking]);
  assert.deepEqual(told(checking, checked), [checked]);
});

test('a trouble that is in place is told, one that was taken back is not', () => {
  const trouble = (id: string, on: boolean): LiveEvent => ({ is: 'trouble', id, title: id, on });
  assert.deepEqual(told(trouble('slow', true), trouble('down', true), trouble('slow', false)), [
    trouble('down', true),
  ]);
});
