import type { Check } from '../../kit/grade/check.ts';
import { NotAsExpected } from '../../kit/grade/errors.ts';
import { stormPlan, usualSize } from '../../kit/storm/plan.ts';
import { runStorm } from '../../kit/storm/run-storm.ts';
import { stormFinding, stormTable } from '../../kit/storm/words.ts';
import { storm } from '../storm.ts';
import { acknowledged, mustStandOnce, newOrder } from './given.ts';

export const theStorm: Check[] = [
  {
    id: 'the-storm',
    task: 5,
    services: ['order-service', 'warehouse'],
    title:
      'A thousand orders while the bus is killed five times: none is lost, none is reserved twice',
    hops: [2, 3, 4, 5],
    points: 6,
    quick: false,
    hints: [
      'A storm has no trick of its own. It hits the few milliseconds between two steps that a single order slips through, and shows who repeats without need.',
      'Lost: look at what ends an event in order-service.ts, and at publish, whose callback may hear an error. Twice: look at how long warehouse.ts remembers an event. No end: look at what the relay publishes although it is under way already, or while there is no connection.',
      'npm run lab storm 05 shows more storms, each with its seed. An event stays in `outbox` until orders/reserved/v1 names its order, and its row stays in `inbox` for good. In the relay: if (!bus.connected) return; and a Set of the numbers that are under way.',
    ],
    async run(t) {
      const order = newOrder(t);
      const acted = await t.act(storm.action, order);
      t.replied(acted, storm.accepted, 'before the storm');
      await acknowledged(t, acted.run, { within: 3_000 });
      mustStandOnce(t, order, ' before the storm');
      const result = await runStorm(t, storm, stormPlan(t.lab.seed, usualSize));
      t.measure(stormTable(result, t.lab.broker.name));
      const finding = stormFinding(result, storm, t.lab.lab.architecture);
      if (finding) throw new NotAsExpected(finding);
    },
  },
];
