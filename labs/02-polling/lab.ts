import type { Lab } from '../kit/run/define.ts';
import type { Claim } from '../kit/wire/witness.ts';
import architecture, { news, newsLate, ownPart, ownPartLate } from './flow.ts';

/** Who polls on says: what you gave me before stands in my database. */
const stored = (service: string, database: string, table: string): Claim => ({
  notBefore: `http.200.order-service.${service}`,
  after: `http.200.order-service.${service}`,
  when: [`http.get.${service}.order-service`],
  service,
  database,
  sql: `SELECT count(*) FROM ${table} WHERE order_id = ?`,
});

const lab: Lab = {
  slug: '02-polling',
  architecture,
  parts: [ownPart, news, ownPartLate, newsLate],
  entrance: 'order-service',
  token: 'let-me-in',
  apps: [
    { component: 'order-service', file: 'order-service.ts', learner: true },
    { component: 'warehouse', file: 'warehouse.ts', learner: true },
    { component: 'fraud-detection', file: 'fraud-detection.ts', learner: false },
    { component: 'analytics', file: 'analytics.ts', learner: false },
  ],
  databases: {
    'order-database': { owner: 'order-service', anew: true },
    'warehouse-database': { owner: 'warehouse', anew: true },
    'fraud-database': { owner: 'fraud-detection' },
    'analytics-database': { owner: 'analytics' },
  },
  claims: [
    {
      notBefore: 'http.post.user.order-service',
      when: ['http.201.order-service.user', 'mqtt.publish.order-service.event-bus'],
      service: 'order-service',
      database: 'order-database',
      sql: 'SELECT count(*) FROM orders WHERE id = ?',
    },
    stored('warehouse', 'warehouse-database', 'reservations'),
    stored('fraud-detection', 'fraud-database', 'looked_at'),
    {
      notBefore: 'mqtt.deliver.event-bus.analytics',
      when: ['mqtt.puback.analytics.event-bus'],
      service: 'analytics',
      database: 'analytics-database',
      sql: 'SELECT count(*) FROM counted WHERE order_id = ?',
    },
  ],
  reads: [],
  feeds: [
    { client: 'warehouse', server: 'order-service' },
    { client: 'fraud-detection', server: 'order-service', firstOnly: true },
  ],
  actions: [
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
  ],
  troubles: [
    {
      id: 'polls-lost',
      title: 'Nobody can poll',
      apply: (network) => {
        const taps = network.http.filter((tap) => tap.from !== 'user');
        const faults = taps.map((tap) => [tap, tap.faults.inject({ kind: 'reset' })] as const);
        return () => faults.forEach(([tap, fault]) => tap.faults.remove(fault));
      },
    },
    {
      id: 'analytics-away',
      title: 'Analytics is cut off',
      apply: (network) => {
        const tap = network.bus('analytics');
        tap.shut();
        tap.cut();
        return () => tap.open();
      },
    },
  ],
  warmUp: [{ action: 'place-order', params: { id: 'o-warm-up' } }],
  consumers: [{ component: 'analytics', topic: 'orders/placed/v1' }],
};
export default lab;
