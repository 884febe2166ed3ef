import assert from 'node:assert/strict';
import { test } from 'node:test';
import architecture, { read } from '../../01-nine-hops/flow.ts';
import { readHit, seenInOrder } from '../flow/testing/nine-hops.ts';
import type { SeenHop } from '../flow/types.ts';
import type { RunningLab } from '../run/running-lab.ts';
import { Journal, type MarkLine } from '../wire/journal.ts';
import type { Run } from '../wire/runs.ts';
import type { Finding } from './results.ts';
import { Inconclusive, LabFailed, NotAsExpected } from './errors.ts';
import { expect } from './expect.ts';
import { findingIn } from './finding.ts';

/** What an assertion that fails leaves. */
async function failing(work: () => unknown): Promise<Finding | undefined> {
  try {
    await work();
  } catch (error) {
    return findingIn(error);
  }
  throw new Error('it did not fail');
}

test('toBe: what the check said about the value, what it expected, what there was', async () => {
  assert.deepEqual(await failing(() => expect(503, 'the status the user gets').toBe(200)), {
    headline: 'the status the user gets',
    expected: '200',
    observed: '503',
  });
});

test('a text stands as it is, and no value at all is told as such', async () => {
  const finding = await failing(() => expect(undefined, 'the topic').toBe('orders/placed/v1'));
  assert.deepEqual(finding, {
    headline: 'the topic',
    expected: 'orders/placed/v1',
    observed: 'undefined',
  });
});

test('toEqual: both values in full', async () => {
  const finding = await failing(() =>
    expect({ id: 'p-1', name: 'Lamp' }, 'the product').toEqual({ id: 'p-1', name: 'Desk' }),
  );
  assert.deepEqual(finding, {
    headline: 'the product',
    expected: '{"id":"p-1","name":"Desk"}',
    observed: '{"id":"p-1","name":"Lamp"}',
  });
});

test('toMatchObject: what differs, on either side', async () => {
  const finding = await failing(() =>
    expect({ qos: 0, retain: false }, 'QoS of the event').toMatchObject({ qos: 1, retain: false }),
  );
  assert.equal(finding?.headline, 'QoS of the event');
  assert.match(finding.expected, /"?qos"?: ?1/);
  assert.match(finding.observed, /"?qos"?: ?0/);
});

test('toContain: what was sought, and in what', async () => {
  const finding = await failing(() => expect(['a', 'b'], 'the types').toContain('c'));
  assert.equal(finding?.headline, 'the types');
  assert.match(finding.expected, /c/);
  assert.match(finding.observed, /a.*b/);
});

test('toBeLessThan: the limit, and the value', async () => {
  const finding = await failing(() => expect(2_100, 'milliseconds').toBeLessThan(2_000));
  assert.equal(finding?.headline, 'milliseconds');
  assert.match(finding.expected, /2000/);
  assert.match(finding.observed, /2100/);
});

test('an assertion without words is named after its matcher, coloured or not', async () => {
  const plain = await failing(() => expect(1).toBe(2));
  assert.equal(plain?.headline, 'toBe did not hold');
  const coloured = Object.assign(new Error('\u001b[2mexpect(\u001b[22mreceived).toBe(2)'), {
    matcherResult: { name: 'toBe', expected: 2, actual: 1 },
  });
  assert.equal(findingIn(coloured)?.headline, 'toBe did not hold');
});

test('values that JSON has no words for are told all the same', async () => {
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  for (const value of [1n, Number.NaN, circle, Symbol('s'), () => 1]) {
    const finding = await failing(() => expect(value, 'the value').toBe(2));
    assert.equal(finding?.expected, '2');
    assert.notEqual(finding.observed, '');
    assert.notEqual(finding.observed, 'null');
  }
});

test('NotAsExpected: the finding it carries', () => {
  const finding = { headline: 'The reply', expected: 'reply 200', observed: 'none' };
  assert.equal(findingIn(new NotAsExpected(finding)), finding);
});

test('a mistake of the check, a fault that hit nothing, a lab that failed: no finding', () => {
  for (const error of [
    new TypeError('undefined is not a function'),
    new Inconclusive('the fault hit nothing'),
    new LabFailed('no first tap'),
    'a text',
    undefined,
  ])
    assert.equal(findingIn(error), undefined);
});

/** As much of a running lab as a verdict needs: a journal whose hops are a second old. */
function labThatSaw(seen: SeenHop[]) {
  const journal = new Journal();
  const lab = { journal, factor: 1, lab: { architecture } } as unknown as RunningLab;
  const startAt = -1_000;
  const hops = seen.map((hop) => ({ ...hop, at: startAt + hop.at }));
  const run = { key: 'r1', action: 'read-product', id: 'p-1', startAt, hops } as unknown as Run;
  return { journal, received: { lab, run } };
}

test('toFollow: the first divergence, with the hop that it is about', async () => {
  const { received, journal } = labThatSaw(
    seenInOrder(read, readHit).map((hop) =>
      hop.from === 'cache-a' ? { ...hop, kind: '500' } : hop,
    ),
  );
  const finding = await failing(() => expect(received).toFollow(read));
  assert.match(finding!.headline, /Hop 5/i);
  assert.match(finding!.expected, /Cache A/);
  assert.match(finding!.observed, /500/);
  assert.match(finding!.divergence!, /^wrong kind after/);
  const [mark] = journal.lines as MarkLine[];
  assert.equal(mark?.['verdict'], 'unexpected');
  assert.equal(mark['flow'], read.id);
});

test('toFollow: a run that followed its flow passes; its verdict is in the journal too', async () => {
  const { received, journal } = labThatSaw(seenInOrder(read, readHit));
  await expect(received).toFollow(read);
  assert.deepEqual(
    (journal.lines as MarkLine[]).map((l) => [l.what, l['run'], l['verdict']]),
    [['verdict', 'r1', 'passed']],
  );
  const finding = await failing(() => expect(received).not.toFollow(read));
  assert.ok(finding, 'and it is a finding where another way was expected');
});

test('toFollow without a component: its hops are left out', async () => {
  const stray = {
    via: 'mqtt',
    kind: 'deliver',
    from: 'event-bus',
    to: 'service-c',
    at: 1,
  } as const;
  const { received } = labThatSaw([...seenInOrder(read, readHit), { ...stray, at: 16 }]);
  await expect(received).toFollow(read, { without: ['service-c'] });
  const finding = await failing(() => expect(received).toFollow(read));
  assert.match(finding!.divergence!, /^extra/);
});
