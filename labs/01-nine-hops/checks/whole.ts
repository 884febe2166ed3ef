import type { Check } from '../../kit/grade/check.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import type { Line } from '../../kit/wire/journal.ts';
import { order, read, status } from '../flow.ts';
import { newOrder, product, several } from './given.ts';

export const whole: Check[] = [
  {
    id: 'nine-hops',
    task: 3,
    services: ['service-a', 'service-b', 'service-c'],
    title: 'Five orders and five reads at once each follow their own way, all nine hops',
    hops: [1, 2, 3, 4, 5, 6, 7, 8, 9],
    points: 6,
    quick: true,
    hints: [
      'All three tasks together: what each check asked for alone must hold when requests overlap.',
      'Look for state that requests share: a variable at the top of a module, a transaction left open.',
      'Run the other checks first; the first divergence of this one names the service.',
    ],
    async run(t) {
      once(t);
      const all = several.map(() => ({ order: newOrder(t), product: product(t) }));
      const acted = await Promise.all(
        all.flatMap((given) => [
          t.act('place-order', given.order),
          t.act('read-product', { id: given.product.id }, { value: given.product.name }),
        ]),
      );
      await Promise.all(
        acted.map((one) => t.expect(one).toFollow(one.run.action === 'place-order' ? order : read)),
      );
      for (const { order: placed } of all.slice(0, 2)) {
        const asked = await t.act('order-status', { id: placed.id }, { value: placed.productId });
        await t.expect(asked).toFollow(status);
        const { body } = t.replied(asked, 200, 'to the question for an order’s status');
        t.expect(body, 'the order’s status').toEqual({ ...placed, status: 'placed' });
      }
      once(t);
    },
  },
];

/** Of all orders since Service B started: one too many may come long after its run was quiet. */
function once(t: Tools): void {
  const { lines } = t.lab.journal;
  const started = lines.findLastIndex(
    (line) =>
      line.type === 'note' &&
      line.component === 'service-b' &&
      ['killed', 'crashed'].includes(line.what),
  );
  const often = announcedTwice(lines.slice(started + 1)).slice(0, 1);
  t.expect(often, 'an order announced more than once since Service B started').toEqual([]);
}

/** Ids of orders that were published more than once; what the client itself sends again is marked DUP. */
function announcedTwice(lines: readonly Line[]): string[] {
  const ids = lines.flatMap((line) => {
    if (line.type !== 'hop' || line.kind !== 'publish' || line.facts?.['dup']) return [];
    return /"orderId":\s*"([^"]+)"/.exec(String(line.facts?.['payload']))?.[1] ?? [];
  });
  return [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))];
}
