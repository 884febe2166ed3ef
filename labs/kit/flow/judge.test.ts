import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import nineHops from '../../01-nine-hops/flow.ts';
import { follower, judge } from './judge.ts';
import { hopsOf } from './steps.ts';
import { legalJournal } from './testing/journals.ts';
import { misjudged, noCounts } from './testing/misjudged.ts';
import { randomFlow } from './testing/random-flows.ts';
import type { Flow, SeenHop } from './types.ts';

const SEED = 20_260;
const dice = fc.array(fc.nat(1_000), { minLength: 1, maxLength: 24 });
const flows = { random: randomFlow, 'nine hops': fc.constantFrom(...nineHops.flows) };
const runs = { random: 400, 'nine hops': 40 };

for (const which of ['random', 'nine hops'] as const) {
  test(`${which}: every legal journal and every single fault is judged as the oracle says`, (t) => {
    const counts = noCounts();
    const property = fc.property(flows[which], dice, (flow, rolls) => {
      assert.deepEqual(misjudged(judge, flow, legalJournal(flow, rolls, 50), counts), []);
    });
    fc.assert(property, { numRuns: runs[which], seed: SEED });
    t.diagnostic(JSON.stringify(counts));
    assert.ok(counts.killed > 5_000 && counts.legal > 100 && counts.explained > counts.killed / 2);
  });
}

/** Wrong on purpose: the property above must catch each of them, or it proves nothing. */
const wrong: Record<string, typeof judge> = {
  'does not settle': (flow, journal, when) => {
    const follow = follower(flow);
    const end = journal.findIndex((hop) => follow.push(hop) === 'settling');
    return judge(flow, end < 0 ? journal : journal.slice(0, end + 1), when);
  },
  'has no deadline': (flow, journal, when) => judge(flow, journal, { ...when, factor: 1_000 }),
  'forgets a `within`': (flow, journal, when) => judge(withoutLimits(flow), journal, when),
  'allows no repeats': (flow, journal, when) => judge(withoutRepeats(flow), journal, when),
  'allows every repeat': (flow, journal, when) => judge(flow, distinct(journal), when),
  'names the hop after': (flow, journal, when) => {
    const verdict = judge(flow, journal, when);
    return verdict.verdict === 'unexpected' ? { ...verdict, index: verdict.index + 1 } : verdict;
  },
  'names one fault for another': (flow, journal, when) => {
    const verdict = judge(flow, journal, when);
    return verdict.divergence === 'misrouted' ? { ...verdict, divergence: 'extra' } : verdict;
  },
};
void [hopsOf, withoutLimits, withoutRepeats, distinct, wrong];
function withoutLimits(flow: Flow) { return flow; }
function withoutRepeats(flow: Flow) { return flow; }
function distinct(journal: readonly SeenHop[]) { return [...journal]; }
