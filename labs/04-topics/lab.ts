import type { Action, ActionParams, Lab } from '../kit/run/define.ts';
import type { Claim } from '../kit/wire/witness.ts';
import { analytics, loyalty, warehouse } from './cast.ts';
import architecture, {
  analyticsDelivery,
  orderFlowNow,
  parts,
  push,
  warehouseDelivery,
} from './flow.ts';

const countIn = (table: string): string => `SELECT count(*) FROM ${table} WHERE order_id = ?`;

/** An acknowledgement claims that its event is stored. */
const consumed = [warehouse, analytics, loyalty].map(({ id, database, table }): Claim => ({
  service: id,
  database,
  sql: countIn(table),
  notBefore: `mqtt.deliver.event-bus.${id}`,
  when: [`mqtt.puback.${id}.event-bus`],
}));

/** What an operator does to those who may come and go. */
function membership(component: 'analytics' | 'loyalty', method: 'PUT' | 'DELETE'): Action {
  const joins = method === 'PUT';
  const id = `${component}-${joins ? 'joins' : 'leaves'}`;
  const path = new RegExp(`^${method} /membership\\?ticket=([\\w-]+)`);
  return {
    id,
    title: `${component === 'analytics' ? 'Analytics' : 'Loyalty'} ${joins ? 'joins' : 'leaves'}`,
    flow: id,
    entrance: component,
    actor: 'operator',
    request: ({ id: ticket }) => ({ method, path: `/membership?ticket=${ticket}` }),
    recognise: (request) => path.exec(request)?.[1],
    example: (random) => ({ params: { id: random('m') } }),
  };
}

const lab: Lab = {
  slug: '04-topics',
  architecture,
  parts: [...parts, warehouseDelivery, analyticsDelivery, push],
  entrance: 'order-service',
  token: 'let-me-in',
  apps: [
    { component: 'order-service', file: 'order-service.ts', learner: true },
    { component: 'warehouse', file: 'warehouse.ts', learner: true },
    { component: 'fraud-detection', file: 'fraud-detection.ts', learner: true },
    { component: 'analytics', file: 'analytics.ts', learner: true },
    { component: 'push-relay', file: 'push-relay.ts', learner: false },
    { component: 'loyalty', file: 'loyalty.ts', learner: false },
  ],
  databases: {
    'order-database': { owner: 'order-service' },
    'warehouse-database': { owner: 'warehouse' },
    'push-relay-database': { owner: 'push-relay' },
    'fraud-database': { owner: 'fraud-detection' },
    // Other code begins as a member, whatever the code before it was told.
    'analytics-database': { owner: 'analytics', anew: true },
    'loyalty-database': { owner: 'loyalty' },
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
      service: 'fraud-detection',
      database: 'fraud-database',
      sql: countIn('checks'),
      notBefore: 'http.post.push-relay.fraud-detection',
      when: ['http.204.fraud-detection.push-relay'],
    },
    ...consumed,
  ],
  reads: [],
  actions: [
    {
      id: 'place-order',
      title: 'Place an order',
      flow: 'place-order',
      flowNow: orderFlowNow,
      request: ({ id, productId = 'p-lamp', quantity = 1 }: ActionParams) => ({
        method: 'POST',
        path: '/orders',
        body: { id, productId, quantity },
      }),
      recognise: (request) => /^POST \/orders .*"id":\s*"([\w-]+)"/s.exec(request)?.[1],
      example: (random) => ({ params: { id: random('o'), productId: 'p-lamp', quantity: 2 } }),
    },
    membership('loyalty', 'PUT'),
    membership('loyalty', 'DELETE'),
    membership('analytics', 'DELETE'),
    membership('analytics', 'PUT'),
  ],
  troubles: [
    {
      id: 'warehouse-away',
      title: 'The warehouse is cut off from the bus',
      apply: (network) => {
        const bus = network.bus('warehouse');
        bus.shut();
        bus.cut();
        return () => bus.open();
      },
    },
    {
      id: 'fraud-detection-busy',
      title: 'Fraud detection answers 503',
      apply: (network) => {
        const [tap] = network.edge('push-relay', 'fraud-detection');
        const fault = tap!.faults.inject({ kind: 'status', status: 503 });
        return () => tap!.faults.remove(fault);
      },
    },
    {
      id: 'analytics-slow',
      title: 'Analytics is slow by 200 ms',
      apply: (network) => {
        const { rules } = network.bus('analytics');
        rules.inject({ direction: 'down', kind: 'deliver', fault: { kind: 'delay', ms: 200 } });
        return () => rules.clear();
      },
    },
  ],
  warmUp: [{ action: 'place-order', params: { id: 'o-warm-up' } }],
  consumers: [
    { component: 'warehouse', topic: 'orders/placed/v1' },
    { component: 'push-relay', topic: 'orders/placed/v1' },
    { component: 'analytics', topic: 'orders/placed/v1', mayLeave: true },
  ],
};
export default lab;
