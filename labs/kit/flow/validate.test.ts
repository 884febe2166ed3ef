import assert from 'node:assert/strict';
import { test } from 'node:test';
import nineHops, { read } from '../../01-nine-hops/flow.ts';
import type { Architecture, Flow, Hop, Step } from './types.ts';
import { checkArchitecture } from './validate.ts';

const hop = (id: string, change: Partial<Hop> = {}): Hop => ({
  id,
  via: 'http',
  kind: id,
  from: 'a',
  to: 'b',
  label: 'speaks',
  ...change,
});

function problems(steps: Step[], change: Partial<Flow> = {}, more: Partial<Architecture> = {}) {
  const components = ['a', 'b', 'c'].map((id) => ({
    id,
    name: id,
    type: 'service' as const,
    role: 'speaks',
  }));
  const last = hop('last', { from: 'b', to: 'c' });
  const [first = last, ...others] = steps;
  const all: Flow['steps'] = first === last ? [last] : [first, ...others, last];
  const flow: Flow = { id: 'f', title: 'F', steps: all, deadline: 100, quiet: 10, ...change };
  return checkArchitecture({ id: 'x', title: 'X', components, flows: [flow], ...more });
}

test('chapter 1 has no problems', () => {
  assert.deepEqual(checkArchitecture(nineHops), []);
});

const one = hop('one');
const two = hop('two');
const cases: Record<string, [string[], string]> = {
  'unknown component': [
    problems([hop('one', { to: 'd' })]),
    '[f/one] to: got “d”, expected a component (a, b, c). Try: correct the id.',
  ],
  'component without a hop': [
    problems([], {}, { components: nineHops.components.slice(0, 1), flows: [] }),
    '[x] component “user”: got no hop, expected at least one in some flow. Try: add a hop, or take the component out.',
  ],
  'id twice in a sequence': [
    problems([one, hop('one')]),
    '[f/one] hop id: got twice in one way, expected once. Try: give each hop its own id.',
  ],
  'one id for two hops': [
    problems([{ choice: { x: [one], y: [two, hop('one', { kind: 'other' })] } }]),
    '[f/one] hop id: got two different hops, expected one id a hop. Try: rename one of them.',
  ],
  'same event in two branches of a fork': [
    problems([{ fork: { x: [one], y: [two, hop('three', { kind: 'one' })] } }]),
    '[f] fork: got “hop.http.one.a.b” in two branches, expected hops that tell the branches apart. Try: move the common hop out of the branches.',
  ],
  'branches of a choice that begin alike': [
    problems([{ choice: { x: [one, two], y: [one] } }]),
    '[f] choice: got “hop.http.one.a.b” in two branches, expected first hops that differ. Try: move the common hop out of the branches.',
  ],
  'choice with different limits': [
    problems([{ choice: { x: [{ ...one, within: 5 }], y: [two] } }]),
    '[f] choice: got different limits, expected one `within` for all first hops. Try: give the first hop of every branch the same `within`, or none.',
  ],
  'a single branch': [
    problems([{ fork: { x: [one] } }]),
    '[f] fork: got 1 branches, expected two or more. Try: write the steps without it.',
  ],
  'an empty branch': [
    problems([{ fork: { x: [one], y: [] } }]),
    '[f/y] steps: got none, expected at least one. Try: add a hop or remove it.',
  ],
  'a number for two things': [
    problems([{ ...one, n: 1 }, hop('two', { from: 'c', to: 'a', n: 1 })]),
    '[f/two] hop 1: got a → b and c → a, expected legs of one way. Try: another number.',
  ],
  'a repeat that looks like another hop': [
    problems([{ ...one, repeats: true }, hop('two', { kind: 'one' })]),
    '[f/one] repeats: got the same event as two, expected one of its own. Try: drop `repeats`.',
  ],
  'to itself': [
    problems([hop('one', { to: 'a' })]),
    '[f/one] from and to: got “a”, expected two components. Try: name the other end.',
  ],
  'a kind that XState would take apart': [
    problems([hop('one', { kind: 'a.*' })]),
    '[f/one] kind: got “a.*”, expected lower case or digits. Try: “get”, “200” or “publish”.',
  ],
  'a limit beyond the deadline': [
    problems([{ ...one, within: 200 }]),
    '[f/one] within: got 200, expected above 0, at most the deadline of 100. Try: a shorter limit.',
  ],
  'no quiet time': [
    problems([one], { quiet: 0 }),
    '[f] quiet: got 0, expected milliseconds above 0. Try: quiet: 100.',
  ],
  'a flow twice': [
    checkArchitecture({ ...nineHops, flows: [...nineHops.flows, read] }),
    '[01-nine-hops] flow id: got “read-product” twice, expected once. Try: rename one of them.',
  ],
};

for (const [name, [got, expected]] of Object.entries(cases)) {
  test(name, () => assert.deepEqual(got, [expected]));
}
