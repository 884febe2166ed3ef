import type { Action, ActionParams, Lab } from '../kit/run/define.ts';
import type { Claim } from '../kit/wire/witness.ts';
import { compared, warehouse, type Consumer } from './cast.ts';
import architecture, { parts } from './flow.ts';

export const placed = 'orders/placed/v1';
export const reserved = 'orders/reserved/v1';

const rowOf = ({ table }: Consumer): string => `SELECT count(*) FROM ${table} WHERE order_id = ?`;

/** An acknowledgement claims that its event is stored. */
const consumed = compared.map((consumer): Claim => ({
  service: consumer.id,
  database: consumer.database,
  sql: rowOf(consumer),
  notBefore: `mqtt.deliver.event-bus.${consumer.id}`,
  when: [`mqtt.puback.${consumer.id}.event-bus`],
}));

/** What an operator asks of the reconciler. */
function question(id: string, title: string, method: 'GET' | 'POST', path: string): Action {
  const line = new RegExp(`^${method} ${path}\\?ticket=([\\w-]+)`);
  return {
    id,
    title,
    flow: id,
    entrance: 'reconciler',
    actor: 'operator',
    request: ({ id: ticket }) => ({ method, path: `${path}?ticket=${ticket}` }),
    recognise: (request) => line.exec(request)?.[1],
    example: (random) => ({ params: { id: random('m') } }),
  };
}

const lab: Lab = {
  slug: '05-bus-down',
  architecture,
  parts,
  entrance: 'order-service',
  token: 'let-me-in',
  standby: true,
  apps: [
    {
      component: 'order-service',
      file: 'order-service.ts',
      learner: true,
      env: { CONFIRM_WITHIN_MS: '500' },
    },
    { component: 'warehouse', file: 'warehouse.ts', learner: true },
    { component: 'reconciler', file: 'reconciler.ts', learner: true, env: { GRACE_MS: '1000' } },
    { component: 'fraud-detection', file: 'fraud-detection.ts', learner: false },
    { component: 'analytics', file: 'analytics.ts', learner: false },
  ],
  databases: {
    'order-database': { owner: 'order-service', anew: true },
    'warehouse-database': { owner: 'warehouse', anew: true },
    'fraud-database': { owner: 'fraud-detection', anew: true },
    'analytics-database': { owner: 'analytics', anew: true },
  },
  claims: [
    {
      service: 'order-service',
      database: 'order-database',
      sql: 'SELECT count(*) FROM orders WHERE id = ?',
      notBefore: 'http.post.user.order-service',
      when: ['http.202.order-service.user', 'mqtt.publish.order-service.event-bus'],
    },
    {
      service: 'order-service',
      database: 'order-database',
      sql: 'SELECT count(*) FROM outbox WHERE order_id = ?',
      gone: true,
      notBefore: 'mqtt.deliver.event-bus.order-service',
      when: ['mqtt.puback.order-service.event-bus'],
    },
    {
      service: 'warehouse',
      database: 'warehouse-database',
      sql: rowOf(warehouse),
      notBefore: 'mqtt.deliver.event-bus.warehouse',
      when: [`mqtt.publish.warehouse.event-bus ${reserved}`, 'mqtt.puback.warehouse.event-bus'],
    },
    ...consumed,
  ],
  reads: [],
  listings: [...compared.map(({ id }) => id), 'order-service'].map((server) => ({
    client: 'reconciler',
    server,
  })),
  actions: [
    {
      id: 'place-order',
      title: 'Place an order',
      flow: 'place-order',
      request: ({ id, productId = 'p-lamp', quantity = 1 }: ActionParams) => ({
        method: 'POST',
        path: '/orders',
        body: { id, productId, quantity },
      }),
      recognise: (request) => /^POST \/orders .*"id":\s*"([\w-]+)"/s.exec(request)?.[1],
      example: (random) => ({ params: { id: random('o'), productId: 'p-lamp', quantity: 2 } }),
    },
    question('measure-lag', 'Measure the lag', 'GET', '/lag'),
    question('reconcile', 'Reconcile', 'POST', '/reconciliations'),
  ],
  troubles: [
    {
      id: 'warehouse-away',
      title: 'The warehouse is cut off from the bus',
      apply: (network) => {
        const buses = [network.bus('warehouse'), network.bus('warehouse', 'standby')];
        for (const bus of buses) {
          bus.shut();
          bus.cut();
        }
        return () => buses.forEach((bus) => bus.open());
      },
    },
    {
      id: 'analytics-loses-events',
      title: 'Events to analytics get lost',
      apply: (network) => {
        const { rules } = network.bus('analytics');
        rules.inject({ direction: 'down', kind: 'deliver', fault: { kind: 'drop' } });
        return () => rules.clear();
      },
    },
  ],
  warmUp: [{ action: 'place-order', params: { id: 'o-warm-up' } }],
  consumers: [
    { component: 'warehouse', topic: placed },
    { component: 'fraud-detection', topic: placed },
    { component: 'analytics', topic: placed },
    { component: 'order-service', topic: reserved },
  ],
};
export default lab;
