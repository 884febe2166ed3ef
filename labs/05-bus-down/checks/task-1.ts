import type { Check } from '../../kit/grade/check.ts';
import type { HopLine } from '../../kit/wire/journal.ts';
import { newOrder, owed, refuse, saved, whileAway } from './given.ts';

const services = ['order-service'];
const database = 'order-database';

export const task1: Check[] = [
  {
    id: 'order-and-event-or-neither',
    task: 1,
    services,
    title: 'An order is saved together with the event that it owes: both, or neither',
    hops: [1],
    points: 5,
    quick: true,
    hints: [
      'Between two commits a process can die. What must stand together is written in one transaction.',
      'In order-service.ts, in app.post("/orders"): the row in `orders` and the row in `outbox`, between BEGIN and COMMIT. If one of them can’t be written, roll back and answer 503.',
      'BEGIN IMMEDIATE; save.run(id, productId, quantity); owe.run(id, JSON.stringify(event)); COMMIT – in a try; in catch: ROLLBACK and c.json(problem, 503, { "content-type": "application/problem+json" }).',
    ],
    async run(t) {
      for (const [table, column, what] of [
        ['outbox', 'order_id', 'its event could not be kept'],
        ['orders', 'id', 'it could not be saved'],
      ] as const) {
        const order = newOrder(t);
        const allow = refuse(t, { database, table, column }, order);
        try {
          const acted = await t.act('place-order', order);
          const { type } = t.replied(acted, 503, `to an order when ${what}`);
          t.expect(type, 'the content type of the reply 503').toContain('application/problem+json');
          t.expect(saved(t, order), `rows in \`orders\` when ${what}`).toBe(0);
          t.expect(owed(t, order), `rows in \`outbox\` when ${what}`).toBe(0);
        } finally {
          allow();
        }
        t.replied(await t.act('place-order', order), 202, 'to the same order, asked again');
        t.expect(saved(t, order), 'rows in `orders` after the reply 202').toBe(1);
      }
    },
  },
  {
    id: 'accepts-while-the-bus-is-away',
    task: 1,
    services,
    title: 'The customer hears 202 while the bus is away, and the event is kept in the outbox',
    hops: [1],
    points: 5,
    quick: true,
    hints: [
      'The reply promises that the order is saved, and that the others will hear of it. The second half is what the outbox is for.',
      'In order-service.ts: save both first, answer then, and wait for no bus in between.',
      'database.exec("COMMIT"); relay(); return c.json({ id, status: "placed" }, 202);',
    ],
    async run(t) {
      const claims = ({ from, kind }: HopLine): boolean =>
        from === 'order-service' && kind === '202';
      await whileAway(t, 'order-service', async () => {
        for (let i = 0; i < 3; i += 1) {
          const order = newOrder(t);
          const acted = await t.whileLocked(database, claims, () =>
            t.act('place-order', order, { timeout: 1_500 }),
          );
          t.replied(acted, 202, 'while the bus is away');
          const hop = acted.run.hops.find(({ via }) => via === 'store');
          t.expect(hop?.kind, 'what stood in `orders` when the reply 202 crossed').toBe('write');
          t.expect(owed(t, order), 'rows in `outbox` while the bus is away').toBe(1);
        }
      });
    },
  },
];
