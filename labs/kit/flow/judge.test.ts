import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import nineHops from '../../01-nine-hops/flow.ts';
import { follower, judge } from './judge.ts';
import { hopEvent, hopsOf } from './steps.ts';
import { legalJournal } from './testing/journals.ts';
import { misjudged, noCounts } from './testing/misjudged.ts';
import { mapHops, randomFlow } from './testing/random-flows.ts';
import type { Flow, SeenHop } from './types.ts';

const SEED = 20_260;
const dice = fc.array(fc.nat(1_000), { minLength: 1, maxLength: 24 });
const flows = { random: randomFlow, 'nine hops': fc.constantFrom(...nineHops.flows) };
const runs = { random: 120, 'nine hops': 40 };

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
  'has no deadline': (flow, journal, when) => judge({ ...flow, deadline: 1e6 }, journal, when),
  'forgets a `within`': (flow, journal, when) => judge(without('within', flow), journal, when),
  'allows no repeats': (flow, journal, when) => judge(without('repeats', flow), journal, when),
  'allows every repeat': (flow, journal, when) => {
    const events = journal.map(hopEvent);
    return judge(
      flow,
      journal.filter((_, i) => events.indexOf(events[i]!) === i),
      when,
    );
  },
  'does not mind the order': (flow, journal, when) => {
    const order = hopsOf(flow.steps).map(hopEvent);
    const place = (hop: SeenHop) => order.indexOf(hopEvent(hop));
    const hops = journal.toSorted((a, b) => place(a) - place(b));
    return judge(
      flow,
      hops.map((hop, i) => ({ ...hop, at: journal[i]!.at })),
      when,
    );
  },
  'names the hop after': (flow, journal, when) => {
    const verdict = judge(flow, journal, when);
    return verdict.verdict === 'unexpected' ? { ...verdict, index: verdict.index + 1 } : verdict;
  },
  'names one fault for another': (flow, journal, when) => {
    const verdict = judge(flow, journal, when);
    return verdict.divergence === 'misrouted' ? { ...verdict, divergence: 'extra' } : verdict;
  },
};

const without = (what: 'within' | 'repeats', flow: Flow): Flow => ({
  ...flow,
  steps: mapHops(flow.steps, (hop) => {
    const { [what]: _, ...others } = hop;
    return others;
  }),
});

for (const [what, wrongly] of Object.entries(wrong)) {
  test(`a judge that ${what} is caught`, () => {
    const either = fc.oneof(flows['nine hops'], flows.random);
    const property = fc.property(
      either,
      dice,
      (flow, rolls) => misjudged(wrongly, flow, legalJournal(flow, rolls), noCounts()).length === 0,
    );
    const { failed } = fc.check(property, { numRuns: 100, seed: SEED, endOnFailure: true });
    assert.ok(failed, 'no journal told it from the right one');
  });
}

test('random: a follower knows when a journal is complete, and when it has left its flow', () => {
  const property = fc.property(flows.random, dice, (flow, rolls) => {
    const { journal } = legalJournal(flow, rolls);
    const follow = follower(flow);
    for (const [i, hop] of journal.entries()) {
      const { verdict } = judge(flow, journal.slice(0, i + 1), { startAt: 0, endAt: hop.at });
      assert.equal(verdict, 'incomplete');
      assert.equal(follow.push(hop), follow.expected.length > 0 ? 'running' : 'settling');
    }
    assert.equal(follow.state, 'settling');
    assert.equal(follow.push({ ...journal[0]!, to: 'elsewhere' }), 'unexpected');
    assert.equal(follow.push(journal[0]!), 'unexpected');
  });
  fc.assert(property, { numRuns: 100, seed: SEED });
});

test('random: on a machine twice as slow, twice the time changes nothing', () => {
  const property = fc.property(flows.random, dice, fc.nat(2_000), (flow, rolls, delay) => {
    const { journal } = legalJournal(flow, rolls);
    const late = journal.map((hop, i) => ({ ...hop, at: hop.at + (i < 2 ? 0 : delay) }));
    const slow = late.map((hop) => ({ ...hop, at: hop.at * 2 }));
    const { observed: _, ...quickly } = judge(flow, late, { startAt: 0, endAt: 5_000 });
    const { observed: __, ...slowly } = judge(flow, slow, { startAt: 0, endAt: 10_000, factor: 2 });
    assert.deepEqual(slowly, quickly);
  });
  fc.assert(property, { numRuns: 100, seed: SEED });
});

test('a hop at the very deadline is in time, and what comes after the quiet time is not judged', () => {
  const flow = nineHops.flows[0]!;
  const { journal } = legalJournal(flow, [0]);
  const at = (last: number) => journal.map((hop, i) => (i < 7 ? hop : { ...hop, at: last }));
  const endAt = 2 * flow.deadline;
  const verdict = (hops: SeenHop[]) => judge(flow, hops, { startAt: 0, endAt }).verdict;
  assert.equal(verdict(at(flow.deadline)), 'passed');
  assert.equal(verdict(at(flow.deadline + 1)), 'late');
  const stray = { ...journal[0]!, to: 'elsewhere' };
  assert.equal(verdict([...journal, { ...stray, at: journal[7]!.at + flow.quiet }]), 'unexpected');
  assert.equal(verdict([...journal, { ...stray, at: journal[7]!.at + flow.quiet + 1 }]), 'passed');
});
