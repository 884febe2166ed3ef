import type { Check } from '../../kit/grade/check.ts';
import { read } from '../flow.ts';
import { evict, product, remove, rename } from './given.ts';

const asksCache = (hop: { kind: string; to: string }): boolean =>
  hop.kind === 'get' && hop.to === 'cache-a';

export const task1: Check[] = [
  {
    id: 'fills-the-cache',
    task: 1,
    services: ['service-a'],
    title: 'A first read misses Cache A, reads Database A and fills the cache',
    hops: [1, 2, 3, 4, 5, 6],
    points: 8,
    quick: true,
    hints: [
      'Read-through: ask the cache first. After a miss, read the database and leave a copy in the cache for the next reader.',
      'In service-a.ts, in the route /products/:id, before and after `find.get(id)`. Service B’s route /orders/:id does the same.',
      'const entry = `${CACHE_A_URL}/products/${id}`; fetch(entry) answers 200 or 404; after a miss: await fetch(entry, { method: "PUT", body: JSON.stringify(product) }).',
    ],
    async run(t) {
      const { id, name, priceCents } = product(t);
      const first = await t.act('read-product', { id }, { value: name });
      await t.expect(first).toFollow(read);
      const reply = t.replied(first, 200, 'to a first read');
      t.expect(reply.body, 'the product that the user gets').toEqual({ id, name, priceCents });
      t.expect(ways(first.run), 'the cache’s answer to a first read').toBe('cache miss');
    },
  },
  {
    id: 'answers-from-the-cache',
    task: 1,
    services: ['service-a'],
    title: 'A second read is answered with what Cache A holds, without the database',
    hops: [4, 5, 6],
    points: 8,
    quick: true,
    hints: [
      'A hit must save the trip to the database: what the cache answers goes to the user.',
      'In service-a.ts, right after you have asked the cache: if it answered 200, return its body.',
      'if (reply.ok) return c.json(await reply.json());',
    ],
    async run(t) {
      const given = product(t);
      const { id, name } = given;
      const first = await t.act('read-product', { id }, { value: name });
      await t.expect(first).toFollow(read);
      // Take the product out of Database A: what the cache holds must do.
      remove(t, id);
      const second = await t.act('read-product', { id }, { value: name });
      await t.expect(second).toFollow(read);
      t.expect(ways(second.run), 'the cache’s answer to a second read').toBe('cache hit');
      const reply = t.replied(second, 200, 'to a second read');
      t.expect(reply.body, 'the product that the second reader gets').toEqual(given);
      // Change what the cache answers, on the wire: the user must get the changed value.
      const changed = t.lab.random('shelf');
      const [tap] = t.lab.network.edge('service-a', 'cache-a');
      const rewrite = tap!.faults.inject({
        kind: 'rewrite',
        body: (body) => body.replace(name, changed),
      });
      const third = await t.act('read-product', { id }, { value: changed });
      t.mustHaveBitten(rewrite, 'changing the cache’s reply');
      const { body } = t.replied(third, 200, 'to a third read');
      t.expect(body, 'the product after the cache’s copy was changed').toEqual({
        ...given,
        name: changed,
      });
    },
  },
  {
    id: 'fresh-after-eviction',
    task: 1,
    services: ['service-a'],
    title: 'Once the cache has forgotten a product, the database’s newest value is served',
    hops: [4, 5, 6],
    points: 7,
    quick: true,
    hints: [
      'The database is the truth, the cache a copy. A copy anywhere else (in the service’s own memory) grows stale unseen.',
      'In service-a.ts: nothing about a product may outlive the request, except in Cache A.',
      'Remove any Map or variable at the top of the module that keeps products.',
    ],
    async run(t) {
      const given = product(t);
      const { id, name } = given;
      const first = await t.act('read-product', { id }, { value: name });
      await t.expect(first).toFollow(read);
      const renamed = rename(t, id);
      await evict(t, id);
      const next = await t.act('read-product', { id }, { value: renamed });
      const { body } = t.replied(next, 200, 'after the cache forgot the product');
      t.expect(body, 'the product after it was renamed in Database A').toEqual({
        ...given,
        name: renamed,
      });
      await t.expect(next).toFollow(read);
    },
  },
  {
    id: 'cache-errors-cost-speed',
    task: 1,
    services: ['service-a'],
    title: 'While Cache A answers 503 or breaks the connection, products are still served',
    hops: [4, 5, 6],
    points: 7,
    quick: true,
    hints: [
      'A cache that fails costs speed, not answers: treat its failure as a miss.',
      'In service-a.ts: fetch rejects when the connection breaks, and resolves with ok = false for a 503. Both for the GET and for the PUT.',
      'Wrap each fetch to the cache in try { … } catch { /* a miss */ }, and look at reply.ok before you read the body.',
    ],
    async run(t) {
      const [tap] = t.lab.network.edge('service-a', 'cache-a');
      for (const [during, fault] of [
        ['while Cache A answers 503', { kind: 'status', status: 503 }],
        ['while Cache A breaks connections', { kind: 'reset' }],
      ] as const) {
        const given = product(t);
        const { id, name } = given;
        const broken = tap!.faults.inject(fault);
        const acted = await t.act('read-product', { id }, { value: name });
        await t.hop(acted.run, asksCache, { what: 'Hop 4 (Service A asks Cache A)', within: 200 });
        t.mustHaveBitten(broken, during);
        const { body } = t.replied(acted, 200, during);
        t.expect(body, `the product ${during}`).toEqual(given);
        tap!.faults.clear();
      }
    },
  },
  {
    id: 'cache-hangs',
    task: 1,
    services: ['service-a'],
    title: 'While Cache A does not answer at all, products are served within two seconds',
    hops: [4, 6],
    points: 5,
    quick: false,
    hints: [
      'A call without a time limit waits as long as the other side likes.',
      'In service-a.ts: give each fetch to the cache a limit, a few hundred milliseconds.',
      'fetch(entry, { signal: AbortSignal.timeout(300) })',
    ],
    async run(t) {
      const given = product(t);
      const { id, name } = given;
      const [tap] = t.lab.network.edge('service-a', 'cache-a');
      const hole = tap!.faults.inject({ kind: 'timeout' });
      const acted = await t.act('read-product', { id }, { value: name, timeout: 2_000 });
      await t.hop(acted.run, asksCache, { what: 'Hop 4 (Service A asks Cache A)', within: 200 });
      t.mustHaveBitten(hole, 'a cache that does not answer');
      const { body } = t.replied(acted, 200, 'while Cache A does not answer');
      t.expect(body, 'the product while Cache A does not answer').toEqual(given);
    },
  },
];

/** Which way a read went: what Cache A answered. */
const ways = (run: { hops: readonly { kind: string; from: string }[] }): string => {
  const answer = run.hops.find((hop) => hop.from === 'cache-a')?.kind;
  return answer === '200' ? 'cache hit' : answer === '404' ? 'cache miss' : 'none';
};
