import type { ActionParams, Lab } from '../kit/run/define.ts';
import type { Claim } from '../kit/wire/witness.ts';
import { four } from './cast.ts';
import architecture, { parts } from './flow.ts';

/** The table that a dependent's work ends in. */
export const tables = {
  warehouse: 'reservations',
  'fraud-detection': 'checks',
  analytics: 'counts',
  loyalty: 'points',
} as const;

const countIn = (table: string): string => `SELECT count(*) FROM ${table} WHERE order_id = ?`;

/** Each dependent claims by its reply that it has processed the order; by its PUBACK, in the other style. */
const processed = four.flatMap(({ id, database, method, status }): Claim[] => {
  const claim = { service: id, database, sql: countIn(tables[id]) };
  const called = `http.${method}.order-service.${id}`;
  const [delivered, acknowledged] = [`mqtt.deliver.event-bus.${id}`, `mqtt.puback.${id}.event-bus`];
  return [
    { ...claim, notBefore: called, when: [`http.${status}.${id}.order-service`] },
    { ...claim, notBefore: delivered, when: [acknowledged] },
  ];
});

const saved = { sql: 'SELECT count(*) FROM orders WHERE id = ?' };

const placing = ({ id, productId = 'p-lamp', quantity = 1 }: ActionParams) => ({
  method: 'POST',
  path: '/orders',
  body: { id, productId, quantity },
});
const orderIn = (request: string): string | undefined =>
  /^POST \/orders .*"id":\s*"([\w-]+)"/s.exec(request)?.[1];
const anOrder = (random: (prefix: string) => string) => ({
  params: { id: random('o'), productId: 'p-lamp', quantity: 2 },
});

const lab: Lab = {
  slug: '03-notify',
  architecture,
  parts,
  entrance: 'order-service',
  token: 'let-me-in',
  apps: [
    { component: 'order-service', file: 'order-service.ts', learner: true },
    { component: 'order-service-events', file: 'order-service-events.ts', learner: false },
    ...four.map(({ id }) => ({ component: id, file: `${id}.ts`, learner: false })),
  ],
  databases: {
    'order-database': { owner: 'order-service' },
    'order-events-database': { owner: 'order-service-events' },
    ...Object.fromEntries(four.map(({ id, database }) => [database, { owner: id }])),
  },
  claims: [
    {
      ...saved,
      notBefore: 'http.post.user.order-service',
      when: [
        ...four.map(({ id, method }) => `http.${method}.order-service.${id}`),
        'http.201.order-service.user',
        'http.202.order-service.user',
      ],
      service: 'order-service',
      database: 'order-database',
    },
    {
      ...saved,
      notBefore: 'http.post.user.order-service-events',
      when: ['http.202.order-service-events.user', 'mqtt.publish.order-service-events.event-bus'],
      service: 'order-service-events',
      database: 'order-events-database',
    },
    ...processed,
  ],
  reads: [{ service: 'order-service', database: 'order-database' }],
  actions: [
    {
      id: 'place-order',
      title: 'Place an order (calls)',
      flow: 'place-order',
      request: placing,
      recognise: orderIn,
      example: anOrder,
    },
    {
      id: 'place-order-events',
      title: 'Place an order (events)',
      flow: 'place-order-events',
      entrance: 'order-service-events',
      request: placing,
      recognise: orderIn,
      example: anOrder,
    },
    {
      id: 'order-status',
      title: 'Ask what became of an order',
      flow: 'order-status',
      request: ({ id }) => ({ method: 'GET', path: `/orders/${id}` }),
      recognise: (request) => /^GET \/orders\/([\w-]+)/.exec(request)?.[1],
      example: (_, last) => ({
        params: { id: last('place-order')?.id ?? 'o-warm-up' },
        value: 'done',
      }),
    },
  ],
  // Each in both styles: on the calls, and on what the bus delivers.
  troubles: [
    {
      id: 'warehouse-down',
      title: 'The warehouse is down',
      apply: (network) => {
        const [called] = network.edge('order-service', 'warehouse');
        const fault = called!.faults.inject({ kind: 'status', status: 503 });
        const told = network.bus('warehouse');
        told.shut();
        told.cut();
        return () => {
          called!.faults.remove(fault);
          told.open();
        };
      },
    },
    {
      id: 'analytics-slow',
      title: 'Analytics is slow by 200 ms',
      apply: (network) => {
        const [called] = network.edge('order-service', 'analytics');
        const fault = called!.faults.inject({ kind: 'latency', ms: 200 });
        const { rules } = network.bus('analytics');
        rules.inject({ direction: 'down', kind: 'deliver', fault: { kind: 'delay', ms: 200 } });
        return () => {
          called!.faults.remove(fault);
          rules.clear();
        };
      },
    },
  ],
  warmUp: [
    { action: 'place-order', params: { id: 'o-warm-up' } },
    { action: 'place-order-events', params: { id: 'o-warm-up-events' } },
    { action: 'order-status', params: { id: 'o-warm-up' } },
  ],
  consumers: four.map(({ id }) => ({ component: id, topic: 'orders/placed/v1' })),
};
export default lab;
