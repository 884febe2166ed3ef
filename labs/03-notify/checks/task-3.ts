import type { Check } from '../../kit/grade/check.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import { NotAsExpected } from '../../kit/grade/errors.ts';
import { comesBackSpread } from './spread.ts';
import { calm, called, edge, names, newOrder, requests, rows, toldTheTruth } from './given.ts';
import type { Name } from './given.ts';
import { placeWithFaults } from './task-2.ts';

/** Three attempts are made at the most, also while they fail. */
function mustStop(attempts: number, name: Name): void {
  if (attempts <= 3) return;
  throw new NotAsExpected({
    headline: `Attempts at ${called[name]}, which goes on answering 503`,
    expected: 'three at the most: whoever is overloaded is not helped by more',
    observed: 'a fourth one, for the same order',
  });
}

/** What was lost once is not “not done” because a later attempt was refused. */
async function staysUnknown(t: Tools): Promise<void> {
  const order = newOrder(t);
  const { faults } = edge(t, 'warehouse');
  faults.inject({ kind: 'status', status: 503 }, { text: order.id });
  const lost = faults.inject({ kind: 'reset-after' }, { text: order.id, first: 1 });
  const acted = await t.act('place-order', order);
  const during = 'when Warehouse’s first answer is lost and 503 comes after it';
  await toldTheTruth(t, { acted, order, during }, { warehouse: 'unknown' });
  t.mustHaveBitten(lost, 'the lost answer');
}

export const task3: Check[] = [
  {
    id: 'tries-again-after-503',
    task: 3,
    services: ['order-service'],
    title: 'Who answers 503 twice is asked a third time, and the order is complete',
    hops: [2, 3, 4, 5],
    points: 7,
    quick: true,
    hints: [
      'A 503 says: not now, and nothing was done. So asking again can’t do it twice, whoever it is.',
      'In order-service.ts, around each fetch: up to three attempts while the answer is 503, with a short pause before the next. cockatiel has `retry` for that.',
      'retry(handleAll, { maxAttempts: 2, backoff }).execute(async () => { const reply = await fetch(…); if (reply.status === 503) throw new Error("again"); return reply; })',
    ],
    async run(t) {
      await calm(t);
      const fault = { kind: 'status', status: 503 } as const;
      const placed = await placeWithFaults(
        t,
        names.map((name) => ({ name, fault, first: 2 })),
      );
      for (const { name, order, acted, bitten } of placed) {
        const during = `while ${called[name]} answers 503 twice and works then`;
        const attempts = requests(acted.run, name).length;
        t.expect(attempts, `attempts at ${called[name]}, which answers 503 twice`).toBe(3);
        await toldTheTruth(t, { acted, order, during });
        t.expect(rows(t, name, order), `rows of ${called[name]} after three attempts`).toBe(1);
        bitten();
      }
      const lasting = await placeWithFaults(
        t,
        names.map((name) => ({ name, fault })),
      );
      for (const { name, acted, bitten } of lasting) {
        mustStop(requests(acted.run, name).length, name);
        bitten();
      }
    },
  },
  {
    id: 'comes-back-spread-out',
    task: 3,
    services: ['order-service'],
    title: 'Attempts that failed at the same moment do not come back at the same moment',
    hops: [2, 3, 4],
    points: 5,
    quick: true,
    hints: [
      'If all who were refused wait equally long, they come back as the same crowd. Chance in the pause (jitter) spreads them.',
      'In order-service.ts, where the pause between two attempts is decided.',
      'const backoff = new DelegateBackoff(({ attempt }) => Math.random() * 25 * 2 ** attempt); new ExponentialBackoff({ initialDelay: 40 }) has jitter too.',
    ],
    run: comesBackSpread,
  },
  {
    id: 'same-key-again',
    task: 3,
    services: ['order-service'],
    title: 'A lost reply of the warehouse is asked for again with the same key: reserved once',
    hops: [2, 5],
    points: 8,
    quick: true,
    hints: [
      'After a lost reply nobody knows whether the work was done. Asking again is safe if the other side can tell that it is the same request: by a key.',
      'In order-service.ts: send the header Idempotency-Key with the call to the warehouse. All attempts of one order have the same key, another order has another. An attempt may take 300 ms.',
      'headers: { "idempotency-key": `"${order.id}"` }, signal: AbortSignal.any([deadline, AbortSignal.timeout(300)])',
    ],
    async run(t) {
      await calm(t);
      const placed = await placeWithFaults(t, [
        { name: 'warehouse', fault: { kind: 'reset-after' }, first: 1 },
        { name: 'warehouse', fault: { kind: 'timeout' }, first: 1 },
        { name: 'fraud-detection', fault: { kind: 'reset-after' }, first: 1 },
        { name: 'fraud-detection', fault: { kind: 'timeout' }, first: 1 },
      ]);
      const used: string[] = [];
      for (const [i, { name, order, acted, bitten }] of placed.entries()) {
        const lost = ['its first answer is lost', 'it does not answer at first'][i % 2]!;
        const asked = requests(acted.run, name);
        t.expect(asked.length, `attempts at ${called[name]}, when ${lost}`).toBe(2);
        const keys = requests(acted.run, 'warehouse').map((hop) => hop.facts?.['idempotencyKey']);
        if (keys.some((key) => key === undefined))
          throw new NotAsExpected({
            headline: 'A request to the warehouse has no key',
            expected: 'the header Idempotency-Key in each attempt',
            observed: 'none, so the warehouse can’t know that it is the same request',
          });
        const different = new Set(keys).size;
        t.expect(different, 'different keys in all attempts for one order').toBe(1);
        used.push(String(keys[0]));
        t.expect(rows(t, name, order), `rows of ${called[name]}, asked twice for one order`).toBe(
          1,
        );
        await toldTheTruth(t, { acted, order, during: `when ${lost}` });
        bitten();
      }
      t.expect(new Set(used).size, 'different keys of four orders').toBe(4);
      await staysUnknown(t);
    },
  },
  {
    id: 'counts-once',
    task: 3,
    services: ['order-service'],
    title: 'A lost reply of analytics is not asked for again: counted once, and said to be unknown',
    hops: [4, 5],
    points: 7,
    quick: true,
    hints: [
      'Not every request may be repeated. Analytics counts each one that comes, and takes no key: asked twice, it counts twice.',
      'In order-service.ts: whether a lost reply is asked for again depends on who was called. Analytics: never, whether the connection breaks, nothing comes or the answer is 500. A 503 is another matter: then nothing was counted.',
      'retry(handleWhen(() => safe || state === "not done"), …) where `safe` is false for analytics. After a lost reply the state is "unknown", and a later 503 leaves it so; only a success ends that.',
    ],
    async run(t) {
      await calm(t);
      const placed = await placeWithFaults(t, [
        { name: 'analytics', fault: { kind: 'reset-after' }, first: 1 },
        { name: 'analytics', fault: { kind: 'timeout' }, first: 1 },
        { name: 'analytics', fault: { kind: 'status', status: 500 }, first: 1 },
      ]);
      const lost = [
        'when the reply of Analytics is lost',
        'when Analytics does not answer',
        'when Analytics answers 500',
      ];
      for (const [i, { order, acted, bitten }] of placed.entries()) {
        if (i === 0) {
          const counted = ['never', 'once'][rows(t, 'analytics', order)] ?? 'more than once';
          t.expect(counted, `how often an order is counted ${lost[i]}`).toBe('once');
        }
        const attempts = requests(acted.run, 'analytics').length;
        t.expect(attempts, `attempts ${lost[i]}`).toBe(1);
        await toldTheTruth(t, { acted, order, during: lost[i]! }, { analytics: 'unknown' });
        bitten();
      }
    },
  },
  {
    id: 'a-refusal-is-final',
    task: 3,
    services: ['order-service'],
    title: 'Who answers 422 is not asked again: the same request would get the same answer',
    hops: [2, 3, 4, 5],
    points: 5,
    quick: true,
    hints: [
      'A 422 says that the request itself is wrong. Sent again it is just as wrong, and costs everyone time. (408, 425 and 429 are other cases; nobody here sends them.)',
      'In order-service.ts: only a 503 or a lost reply makes another attempt; a 4xx ends the call as “not done”.',
      'if (reply.status === 503) throw new Error("again"); return reply.ok ? "done" : "not done";',
    ],
    async run(t) {
      await calm(t);
      const fault = { kind: 'status', status: 422 } as const;
      const placed = await placeWithFaults(
        t,
        names.map((name) => ({ name, fault })),
      );
      for (const { name, order, acted, bitten } of placed) {
        const during = `while ${called[name]} answers 422`;
        const attempts = requests(acted.run, name).length;
        t.expect(attempts, `attempts at ${called[name]}, which answers 422`).toBe(1);
        await toldTheTruth(t, { acted, order, during }, { [name]: 'not done' });
        bitten();
      }
    },
  },
];
