/** Each lab as it is: its solution survives what is explored, and a known mistake is found. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { loadLab, slugs, type Graded } from '../grade/load.ts';
import { WarmLab } from '../grade/warm.ts';
import { labFolder } from '../run/paths.ts';
import { solutionSource, variantSource } from '../run/sources.ts';
import { tempFolder } from '../run/testing/temp-folder.ts';
import { runEpisode, type Episode } from './episode.ts';
import { loadExploration, type Exploration } from './exploration.ts';
import { exploreFrom } from './explore.ts';
import { plans } from './generate.ts';
import { parsePlan, planText, type Plan } from './plan.ts';

/** A mistake that a lab's exploration finds: the only trouble that is tried with it, and what is found. */
interface Known {
  mutant: string;
  trouble: string;
  plan: string;
  finding: [headline: string, expected: string, observed: string];
}

const known: Record<string, Known> = {
  '01-nine-hops': {
    mutant: 'twice-delivered-once-stored--not-idempotent',
    trouble: 'delivered-twice',
    plan: '1: delivered-twice@1',
    finding: ['rows in Database C for order 1', '1', '2'],
  },
  '02-polling': {
    mutant: 'own-restart--cursor-in-memory',
    trouble: 'warehouse-restarts',
    plan: '2: warehouse-restarts@2',
    finding: ['rows in the warehouse’s database for order 1', '1', '2'],
  },
  '03-notify': {
    mutant: 'same-key-again--no-key',
    trouble: 'warehouse-answer-lost',
    plan: '1: warehouse-answer-lost@1',
    finding: [
      'What the customer was told of Warehouse and order 1 is not true',
      '“done” with one row in its database, “not done” with none, “unknown” with one at the most',
      '“done”, with 2 in its database',
    ],
  },
};

for (const slug of slugs())
  suite(slug, () => {
    let graded: Graded;
    let exploration: Exploration;
    let warm: WarmLab;
    before(async () => {
      graded = await loadLab(slug);
      exploration = await loadExploration(slug);
      warm = await WarmLab.start(graded, solutionSource(graded.lab));
    });
    after(() => warm.stop());

    const run = (plan: Plan): Promise<Episode> => runEpisode(warm.running, exploration, plan);

    test('the solution survives every trouble, and every trouble hits something', async () => {
      const { troubles } = exploration;
      const hit = new Set<string>();
      // Its own plan for each, then some of the seed's own.
      const each = troubles.map(({ id }) => parsePlan(`1: ${id}@1`, troubles));
      for (const plan of [...each, ...plans('seed', troubles).take(3)]) {
        const episode = await run(plan);
        assert.deepEqual([episode.outcome, episode.finding], ['held', undefined], planText(plan));
        for (const id of episode.hit) hit.add(id);
      }
      assert.deepEqual([...hit].toSorted(), troubles.map(({ id }) => id).toSorted());
    });

    const mistake = known[slug];
    if (!mistake) return;
    test('a known mistake is found, and made as short as it can be', async () => {
      const { mutant, trouble, plan, finding } = mistake;
      await warm.use(variantSource(graded.lab, join(labFolder(slug), 'mutants', mutant)));
      const troubles = exploration.troubles.filter(({ id }) => id === trouble);
      const explored = await exploreFrom('s7', troubles, () => false, { run });
      const { episode, failed, of } = explored.found!;
      assert.equal(planText(episode.plan), plan);
      assert.deepEqual([failed, of], [5, 5]);
      const { headline, expected, observed } = episode.finding!;
      assert.deepEqual([headline, expected, observed], finding);
    });
  });

test('a service that crashes is told with its file and line', async (t) => {
  const { write, remove } = tempFolder();
  t.after(remove);
  const crashing = write('service-a.ts', "\nthrow new Error('no stock');\n");
  const graded = await loadLab('01-nine-hops');
  const { troubles, ...rest } = await loadExploration('01-nine-hops');
  const right = solutionSource(graded.lab);
  const warm = await WarmLab.start(graded, (file) =>
    file === 'service-a.ts' ? crashing : right(file),
  );
  t.after(() => warm.stop());
  const { outcome, finding } = await runEpisode(
    warm.running,
    { ...rest, troubles },
    parsePlan('1:', troubles),
  );
  assert.equal(outcome, 'failed');
  assert.equal(finding?.headline, 'service-a stopped');
  assert.match(finding?.observed ?? '', /^Error: no stock at .*service-a\.ts:2$/);
});
