import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Architecture } from '../../../labs/kit/flow/types.ts';
import { slugs } from '../../../labs/kit/grade/load.ts';
import type { Recorded, Scenario } from '../../../labs/kit/record/scenario.ts';
import { figureOf, scenarioOf } from './figures.ts';

const file = new URL('../../../labs/01-nine-hops/recorded.json', import.meta.url);
const recorded = JSON.parse(readFileSync(file, 'utf8')) as Recorded;

type Listed = { scenarios: Scenario[] };
type Drawn = { default: Architecture };

const made: Recorded = {
  ...recorded,
  runs: 7,
  scenarios: {
    read: {
      ...recorded.scenarios['read-hit']!,
      figures: { replied: { median: 6.54, min: 0.9, max: 1_203 } },
    },
  },
};

test('a figure is a median in words, with its range', () => {
  assert.deepEqual(figureOf(made, 'read.replied'), {
    value: 6.54,
    text: '6.5 ms',
    range: '0.9 ms to 1.20 s in 7 runs',
  });
});

for (const [of, said] of [
  ['read.stored', /no such figure: got read\.stored, expected one of read\.replied/],
  ['read', /no such figure: got read,/],
  ['write.replied', /no such scenario: got write, expected one of read\. Try: npm run record 01/],
  ['toString.replied', /no such scenario/],
] as const)
  test(`a figure that nobody recorded stops the build: ${of}`, () => {
    assert.throws(() => figureOf(made, of), said);
  });

for (const slug of slugs()) {
  const folder = new URL(`../../../labs/${slug}/`, import.meta.url);

  test(`what lab ${slug} has recorded is what it lists, and fits its diagram`, async () => {
    const { scenarios } = (await import(new URL('record.ts', folder).href)) as Listed;
    const { default: architecture } = (await import(new URL('flow.ts', folder).href)) as Drawn;
    const its = JSON.parse(readFileSync(new URL('recorded.json', folder), 'utf8')) as Recorded;
    assert.deepEqual(
      Object.keys(its.scenarios),
      scenarios.map(({ id }) => id),
    );
    for (const { id, title, units } of scenarios) {
      const { trace, ...scenario } = scenarioOf(its, id);
      assert.equal(scenario.title, title);
      assert.deepEqual(scenario.units, units);
      assert.ok(architecture.flows.some((flow) => flow.id === trace.flow));
      assert.ok(trace.hops.every((hop) => hop.edge !== undefined));
    }
  });

  test(`recorded.json of lab ${slug} stays small enough for every clone`, () => {
    assert.ok(readFileSync(new URL('recorded.json', folder)).byteLength < 60_000);
  });
}
