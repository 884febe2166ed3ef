import type { Lab, Row } from '../kit/run/define.ts';
import architecture, { announcement, delivery } from './flow.ts';

const product = (id: string, name: string, priceCents: number): Row => ({
  database: 'database-a',
  sql: 'INSERT INTO products (id, name, price_cents) VALUES (?, ?, ?)',
  values: [id, name, priceCents],
});

const lab: Lab = {
  slug: '01-nine-hops',
  architecture,
  parts: [announcement, delivery],
  entrance: 'load-balancer',
  token: 'let-me-in',
  apps: [
    { component: 'load-balancer', file: 'load-balancer.ts', learner: false },
    { component: 'api-gateway', file: 'api-gateway.ts', learner: false, instances: 2 },
    { component: 'cache-a', file: 'cache.ts', learner: false },
    { component: 'cache-b', file: 'cache.ts', learner: false },
    { component: 'service-a', file: 'service-a.ts', learner: true },
    { component: 'service-b', file: 'service-b.ts', learner: true },
    { component: 'service-c', file: 'service-c.ts', learner: true },
  ],
  databases: {
    'database-a': { owner: 'service-a' },
    'database-b': { owner: 'service-b' },
    'database-c': { owner: 'service-c' },
  },
  seed: [product('p-lamp', 'Reading lamp', 3_900), product('p-warm-up', 'Kettle', 2_500)],
  claims: [
    {
      notBefore: 'http.post.api-gateway.service-b',
      when: ['http.202.service-b.api-gateway', 'mqtt.publish.service-b.event-bus'],
      service: 'service-b',
      database: 'database-b',
      sql: 'SELECT count(*) FROM orders WHERE id = ?',
    },
    {
      notBefore: 'mqtt.deliver.event-bus.service-c',
      when: ['mqtt.puback.service-c.event-bus'],
      service: 'service-c',
      database: 'database-c',
      sql: 'SELECT count(*) FROM shipments WHERE order_id = ?',
    },
  ],
  reads: [
    { service: 'service-a', database: 'database-a' },
    { service: 'service-b', database: 'database-b' },
  ],
  actions: [
    {
      id: 'read-product',
      title: 'Read a product',
      flow: 'read-product',
      request: ({ id }) => ({ method: 'GET', path: `/products/${id}` }),
      recognise: (request) => /^GET \/products\/([\w-]+)/.exec(request)?.[1],
      example: () => ({ params: { id: 'p-lamp' }, value: 'Reading lamp' }),
    },
    {
      id: 'place-order',
      title: 'Place an order',
      flow: 'place-order',
      request: ({ id, productId = 'p-lamp', quantity = 1 }) => ({
        method: 'POST',
        path: '/orders',
        body: { id, productId, quantity },
      }),
      recognise: (request) => /^POST \/orders .*"id":\s*"([\w-]+)"/s.exec(request)?.[1],
      example: (random) => ({ params: { id: random('o'), productId: 'p-lamp', quantity: 2 } }),
    },
    {
      id: 'order-status',
      title: 'Ask for an order’s status',
      flow: 'order-status',
      request: ({ id }) => ({ method: 'GET', path: `/orders/${id}` }),
      recognise: (request) => /^GET \/orders\/([\w-]+)/.exec(request)?.[1],
      example: (_, last) => ({
        params: { id: last('place-order')?.id ?? 'o-warm-up' },
        value: 'p-lamp',
      }),
    },
  ],
  warmUp: [
    { action: 'read-product', params: { id: 'p-warm-up' } },
    { action: 'place-order', params: { id: 'o-warm-up' } },
    { action: 'order-status', params: { id: 'o-warm-up' } },
  ],
  consumers: [{ component: 'service-c', topic: 'orders/placed/v1' }],
};
export default lab;
