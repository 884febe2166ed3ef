/** Lab 01 as it is: its solution survives what is explored, and a known mistake is found and shortened. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { loadLab, type Graded } from '../grade/load.ts';
import { WarmLab } from '../grade/warm.ts';
import { labFolder } from '../run/paths.ts';
import { solutionSource, variantSource } from '../run/sources.ts';
import { tempFolder } from '../run/testing/temp-folder.ts';
import { runEpisode } from './episode.ts';
import { loadExploration, type Exploration } from './exploration.ts';
import { exploreFrom } from './explore.ts';
import { plans } from './generate.ts';
import { parsePlan, planText, type Plan } from './plan.ts';

const slug = '01-nine-hops';
let graded: Graded;
let exploration: Exploration;
let warm: WarmLab;
before(async () => {
  graded = await loadLab(slug);
  exploration = await loadExploration(slug);
  warm = await WarmLab.start(graded, solutionSource(graded.lab));
});
after(() => warm.stop());

const run = (plan: Plan) => runEpisode(warm.running, exploration, plan);

test('the solution survives every trouble, and every trouble hits something', async () => {
  const hit = new Set<string>();
  // Its own plan for each, then two of the seed's own.
  const each = exploration.troubles.map(({ id }) => parsePlan(`1: ${id}@1`, exploration.troubles));
  for (const plan of [...each, ...plans('seed', exploration.troubles).take(3)]) {
    const episode = await run(plan);
    assert.deepEqual([episode.outcome, episode.finding], ['held', undefined], planText(plan));
    for (const id of episode.hit) hit.add(id);
  }
  assert.deepEqual([...hit].toSorted(), exploration.troubles.map(({ id }) => id).toSorted());
});

test('a consumer that is not idempotent is found, by one trouble and one action', async () => {
  const mutant = join(labFolder(slug), 'mutants/twice-delivered-once-stored--not-idempotent');
  await warm.use(variantSource(graded.lab, mutant));
  // Few, so that this takes a few seconds.
  const troubles = exploration.troubles.filter(({ id }) => /^cache-503$|twice/.test(id));
  const explored = await exploreFrom('s7', troubles, () => false, { run });
  const { episode, failed, of } = explored.found!;
  assert.equal(planText(episode.plan), '1: delivered-twice@1');
  assert.deepEqual([failed, of], [5, 5]);
  assert.equal(episode.finding?.headline, 'rows in Database C for order 1');
  assert.deepEqual([episode.finding?.expected, episode.finding?.observed], ['1', '2']);
});

test('a service that crashes is told with its file and line', async (t) => {
  const { write, remove } = tempFolder();
  t.after(remove);
  const crashing = write('service-a.ts', "\nthrow new Error('no stock');\n");
  const { lab } = graded;
  await warm.use((file) => (file === 'service-a.ts' ? crashing : solutionSource(lab)(file)));
  const { outcome, finding } = await run(parsePlan('1:', exploration.troubles));
  assert.equal(outcome, 'failed');
  assert.equal(finding?.headline, 'service-a stopped');
  assert.match(finding?.observed ?? '', /^Error: no stock at .*service-a\.ts:2$/);
});
