/** What the lab provides keeps its promises: both shops, and whom they need. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Tools } from '../kit/grade/tools.ts';
import { startLab, type RunningLab } from '../kit/run/running-lab.ts';
import { solutionSource } from '../kit/run/sources.ts';
import { situations, styles } from './cast.ts';
import { judgeClaim } from './checks/judge.ts';
import { measured } from './checks/measure.ts';
import type { Claim } from './checks/record.ts';
import lab from './lab.ts';

describe('the provided parts of lab 06', () => {
  let running: RunningLab;
  before(async () => {
    running = await startLab(lab, { source: solutionSource(lab), seed: 'provided' });
  });
  after(() => running.stop());

  for (const { id, title, flow, example } of lab.actions)
    test(`${title}: it follows its flow`, async () => {
      const t = new Tools(running);
      const { params } = example(
        (prefix) => running.random(prefix),
        () => undefined,
      );
      const acted = await t.act(id, params);
      await t.expect(acted).toFollow(lab.architecture.flows.find((one) => one.id === flow)!);
    });

  test('what is counted is what the README says of each style', async () => {
    const { of } = await measured(new Tools(running));
    const counted = situations.map(({ id }) => {
      const { 'request-response': calls, 'event-driven': events } = of[id];
      return [calls.well, events.well].map((figures) => [
        figures.lost,
        figures.refused,
        figures.duplicates,
        figures['messages an order'],
        figures.addresses,
      ]);
    });
    assert.deepEqual(counted, [
      [
        [0, 5, 0, 2, 1],
        [0, 0, 0, 8, 0],
      ],
      [
        [0, 5, 0, 2, 1],
        [0, 0, 0, 1, 0],
      ],
      [
        [5, 0, 0, 2, 1],
        [0, 0, 3, 4, 0],
      ],
      [
        [5, 0, 3, 2, 1],
        [0, 0, 0, 4, 0],
      ],
    ]);
  });

  test('no claim about what comes twice is true of trail and mail: no record fits all four', async () => {
    const { of } = await measured(new Tools(running));
    const claims = styles.flatMap((style): Claim[] => [
      { compare: 'duplicates', lower: style, factor: 2 },
      ...[0, 1, 2, 3].map((is): Claim => ({ count: 'duplicates', style, is })),
    ]);
    const trueOf = (situation: keyof typeof of): Claim[] =>
      claims.filter((claim) => judgeClaim(claim, of[situation]).verdict === 'true');
    const [trail, mail] = [trueOf('audit-trail'), trueOf('customer-notification')];
    assert.ok(trail.length > 0 && mail.length > 0);
    assert.deepEqual(
      trail.filter((claim) => mail.includes(claim)),
      [],
    );
  });

  test('it is measured once, whoever asks', async () => {
    assert.equal(await measured(new Tools(running)), await measured(new Tools(running)));
  });
});
