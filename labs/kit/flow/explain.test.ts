import { test, type TestContext } from 'node:test';
import nineHops, { order, read } from '../../01-nine-hops/flow.ts';
import { explain, type ExplainOptions } from './explain.ts';
import { judge } from './judge.ts';
import { placeOrder, readHit, seenInOrder } from './testing/nine-hops.ts';
import { mapHops } from './testing/random-flows.ts';
import type { Flow, SeenHop } from './types.ts';

// The texts themselves are in explain.test.ts.snapshot: `node --test --test-update-snapshots`.
const hit = seenInOrder(read, readHit);
const placed = seenInOrder(order, placeOrder);
const change = (i: number, to: Partial<SeenHop>) => hit.with(i, { ...hit[i]!, ...to });
const again = (hop: SeenHop, to: Partial<SeenHop> = {}) => ({ ...hop, at: 20, ...to });

interface Case extends ExplainOptions {
  flow?: Flow;
  journal: readonly SeenHop[];
  endAt?: number;
}

const cases: Record<string, Case> = {
  passed: { journal: hit },
  'nothing at all': { journal: [] },
  'missing, another came': { journal: hit.toSpliced(3, 1) },
  'missing, nothing came': { journal: hit.slice(0, 7) },
  'missing on a slow machine': { journal: hit.slice(0, 7), factor: 1.5 },
  'repeated in a branch': { flow: order, journal: placed.toSpliced(5, 0, placed[4]!) },
  'repeated after the end': { journal: [...hit, again(hit[3]!)] },
  'out of order': { flow: order, journal: placed.with(3, placed[4]!).with(4, placed[3]!) },
  misrouted: { journal: change(3, { to: 'cache-b' }) },
  'wrong kind, where there is a choice': { journal: change(4, { kind: '500' }) },
  'wrong kind, with details': {
    journal: change(5, { kind: '500', instance: 2, detail: 'GET /products/7' }),
    startAt: 0,
  },
  'repeated, over the standby': {
    flow: order,
    journal: placed.toSpliced(5, 0, { ...placed[4]!, instance: 2 }),
  },
  'extra, and no such component': { journal: [...hit, again(hit[3]!, { to: 'cache-z' })] },
  late: { journal: change(7, { at: 1_200 }) },
  'late, with its time': { journal: change(7, { at: 1_200 }), startAt: 0 },
  'later than `within`': {
    flow: { ...read, steps: mapHops(read.steps, (hop) => ({ ...hop, within: 50 })) },
    journal: [],
  },
  'watched too briefly': { journal: hit.slice(0, 3), endAt: 10 },
  'not watched until settled': { journal: hit, endAt: 20 },
};

for (const [name, { flow = read, journal, endAt = 5_000, ...options }] of Object.entries(cases)) {
  test(name, (t: TestContext) => {
    const verdict = judge(flow, journal, { startAt: 0, endAt, factor: options.factor ?? 1 });
    t.assert.snapshot(explain(verdict, flow, nineHops, options));
  });
}
