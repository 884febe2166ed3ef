/** Each lab as it is: its solution survives what is explored, and a known mistake is found. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { loadLab, slugs } from '../grade/load.ts';
import { WarmLab } from '../grade/warm.ts';
import { labFolder } from '../run/paths.ts';
import { solutionSource, variantSource, type Source } from '../run/sources.ts';
import { tempFolder } from '../run/testing/temp-folder.ts';
import { runEpisode, type Episode } from './episode.ts';
import { loadExploration, type Exploration } from './exploration.ts';
import { exploreFrom, explorePlan } from './explore.ts';
import { parsePlan, planText, type Plan } from './plan.ts';

interface Explorable {
  exploration: Exploration;
  run: (plan: Plan) => Promise<Episode>;
}

/** A running lab with what is explored in it, until the test's end. */
async function explorable(
  t: TestContext,
  slug: string,
  sourceIn: (right: Source) => Source = (right) => right,
): Promise<Explorable> {
  const graded = await loadLab(slug);
  const exploration = await loadExploration(slug);
  const warm = await WarmLab.start(graded, sourceIn(solutionSource(graded.lab)));
  t.after(() => warm.stop());
  return { exploration, run: (plan) => runEpisode(warm.running, exploration, plan) };
}

/** The same with a mutant of the lab. */
async function explorableMutant(t: TestContext, slug: string, mutant: string): Promise<Explorable> {
  const { lab } = await loadLab(slug);
  const source = variantSource(lab, join(labFolder(slug), 'mutants', mutant));
  return explorable(t, slug, () => source);
}

for (const slug of slugs())
  test(`${slug}: the solution survives every trouble, and every trouble hits something`, async (t) => {
    const { exploration, run } = await explorable(t, slug);
    const hit = new Set<string>();
    for (const { id } of exploration.troubles) {
      const plan = parsePlan(`1: ${id}@1`, exploration.troubles);
      const episode = await run(plan);
      assert.deepEqual([episode.outcome, episode.finding], ['held', undefined], planText(plan));
      for (const one of episode.hit) hit.add(one);
    }
    assert.deepEqual([...hit].toSorted(), exploration.troubles.map(({ id }) => id).toSorted());
  });

test('a database that cannot be written to, twice at once, is no fault of a right solution', async (t) => {
  const { exploration, run } = await explorable(t, '02-polling');
  const twice = parsePlan('1: warehouse-locked@1 warehouse-locked@1', exploration.troubles);
  const { outcome, finding, hit } = await run(twice);
  assert.deepEqual([outcome, finding], ['held', undefined]);
  assert.deepEqual(hit, ['warehouse-locked']);
});

test('a consumer that is not idempotent is found, by one trouble and one action', async (t) => {
  const mutant = 'twice-delivered-once-stored--not-idempotent';
  const { exploration, run } = await explorableMutant(t, '01-nine-hops', mutant);
  // Few, so that this takes a few seconds; and not for ever.
  const troubles = exploration.troubles.filter(({ id }) => /^cache-503$|twice/.test(id));
  const end = performance.now() + 60_000;
  const explored = await exploreFrom('s7', troubles, () => performance.now() > end, { run });
  const { episode, failed, of } = explored.found!;
  assert.equal(planText(episode.plan), '1: delivered-twice@1');
  assert.deepEqual([failed, of], [5, 5]);
  assert.equal(episode.finding?.headline, 'rows in Database C for order 1');
  assert.deepEqual([episode.finding?.expected, episode.finding?.observed], ['1', '2']);
});

for (const { slug, mutant, plan, headline, observed } of [
  {
    slug: '02-polling',
    mutant: 'own-restart--cursor-in-memory',
    plan: '2: warehouse-restarts@2',
    headline: 'rows in the warehouse’s database for order 1',
    observed: '2',
  },
  {
    slug: '03-notify',
    mutant: 'same-key-again--no-key',
    plan: '1: warehouse-answer-lost@1',
    headline: 'What the customer was told of Warehouse and order 1 is not true',
    observed: '“done”, with 2 in its database',
  },
])
  test(`${slug}: ${mutant} does not survive “${plan}”`, async (t) => {
    const { exploration, run } = await explorableMutant(t, slug, mutant);
    const explored = await explorePlan(parsePlan(plan, exploration.troubles), { run });
    const { episode, failed } = explored.found!;
    assert.ok(failed >= 3, `${failed} of 5`);
    assert.deepEqual([episode.finding?.headline, episode.finding?.observed], [headline, observed]);
  });

test('a service that crashes is told with its file and line', async (t) => {
  const { write, remove } = tempFolder();
  t.after(remove);
  const crashing = write('service-a.ts', "\nthrow new Error('no stock');\n");
  const { exploration, run } = await explorable(
    t,
    '01-nine-hops',
    (right) => (file) => (file === 'service-a.ts' ? crashing : right(file)),
  );
  const { outcome, finding } = await run(parsePlan('1:', exploration.troubles));
  assert.equal(outcome, 'failed');
  assert.equal(finding?.headline, 'service-a stopped');
  assert.match(finding?.observed ?? '', /^Error: no stock at .*service-a\.ts:2$/);
});
