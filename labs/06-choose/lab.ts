import type { Action, Lab } from '../kit/run/define.ts';
import { situations } from './cast.ts';
import architecture, { parts } from './flow.ts';

const product = 'p-lamp';

/** How many rows a run's id has in a table. */
const countIn = (table: string): string => `SELECT count(*) FROM ${table} WHERE order_id = ?`;

/** Where each dependent's work ends. */
export const tables = {
  payments: countIn('authorisations'),
  audit: countIn('entries'),
  mailer: countIn('mails'),
} as const;

/** The shop's copy of a change of price, and a decision that has come back to it. */
export const heardByShop = `SELECT
  (SELECT count(*) FROM requests WHERE id = ?1 AND state = 'authorised') +
  (SELECT count(*) FROM prices WHERE change_id = ?1)`;

const saved = 'SELECT count(*) FROM requests WHERE id = ?';

type Shop = 'shop-calls' | 'shop-events';

/** What a user sends with a POST; the id tells the run. */
const posting = (id: string, title: string, path: string, entrance: Shop): Action => ({
  id,
  title,
  flow: id,
  entrance,
  request: ({ id: order }) => ({ method: 'POST', path, body: { id: order, amountCents: 4_900 } }),
  recognise: (request) =>
    new RegExp(`^POST ${path} .*"id":\\s*"([\\w-]+)"`, 's').exec(request)?.[1],
  example: (random) => ({ params: { id: random(path.slice(1, 2)) } }),
});

const lookup = (id: string, title: string, entrance: Shop): Action => ({
  id,
  title,
  flow: id,
  entrance,
  request: ({ id: visit }) => ({ method: 'GET', path: `/products/${product}?visit=${visit}` }),
  recognise: (request) => /^GET \/products\/[\w-]+\?visit=([\w-]+)/.exec(request)?.[1],
  example: (random) => ({ params: { id: random('v') } }),
});

const changePrice: Action = {
  id: 'change-price',
  title: 'Change a price',
  flow: 'change-price',
  entrance: 'prices',
  actor: 'operator',
  request: ({ id: change, priceCents = 4_900 }) => ({
    method: 'PUT',
    path: `/prices/${product}`,
    body: { change, priceCents },
  }),
  recognise: (request) => /^PUT \/prices\/.*"change":\s*"([\w-]+)"/s.exec(request)?.[1],
  example: (random) => ({
    params: { id: random('n'), priceCents: 1_000 + Math.floor(Math.random() * 9_000) },
  }),
};

/** Done once the reply says so; in the other style once the event is acknowledged. */
const worked = (
  [service, method]: readonly [keyof typeof tables, string],
  also: readonly string[] = [],
): Lab['claims'] => {
  const claim = { service, database: `${service}-database`, sql: tables[service] };
  return [
    {
      ...claim,
      notBefore: `http.${method}.shop-calls.${service}`,
      when: [`http.201.${service}.shop-calls`],
    },
    {
      ...claim,
      notBefore: `mqtt.deliver.event-bus.${service}`,
      when: [`mqtt.puback.${service}.event-bus`, ...also],
    },
  ];
};

const services = ['shop-calls', 'shop-events', 'payments', 'prices', 'audit', 'mailer'];

const lab: Lab = {
  slug: '06-choose',
  architecture,
  parts,
  entrance: 'shop-calls',
  token: 'let-me-in',
  // All services are provided: what the learner writes is four decisions.
  apps: services.map((component) => ({ component, file: `${component}.ts`, learner: false })),
  records: situations.map(({ id }) => `${id}.yaml`),
  databases: Object.fromEntries(services.map((owner) => [`${owner}-database`, { owner }])),
  claims: [
    ...worked(['payments', 'put'], ['mqtt.publish.payments.event-bus']),
    ...worked(['audit', 'put']),
    ...worked(['mailer', 'post']),
    {
      service: 'shop-calls',
      database: 'shop-calls-database',
      sql: saved,
      notBefore: 'http.post.user.shop-calls',
      when: ['http.201.shop-calls.user'],
    },
    {
      service: 'shop-events',
      database: 'shop-events-database',
      sql: saved,
      notBefore: 'http.post.user.shop-events',
      when: ['http.202.shop-events.user', 'mqtt.publish.shop-events.event-bus'],
    },
    {
      service: 'prices',
      database: 'prices-database',
      sql: 'SELECT count(*) FROM prices WHERE change_id = ?',
      notBefore: 'http.put.operator.prices',
      when: ['http.204.prices.operator', 'mqtt.publish.prices.event-bus'],
    },
    {
      service: 'shop-events',
      database: 'shop-events-database',
      sql: heardByShop,
      notBefore: 'mqtt.deliver.event-bus.shop-events',
      when: ['mqtt.puback.shop-events.event-bus'],
    },
  ],
  reads: [],
  // Both styles at once: on the calls, and on what the bus brings or takes.
  troubles: [
    {
      id: 'slow',
      title: 'Whoever is needed is slow by 250 ms',
      apply: (network) => {
        const delay = { kind: 'delay', ms: 250 } as const;
        const undo = situations.map(({ dependent }) => {
          const [called] = network.edge('shop-calls', dependent);
          const fault = called!.faults.inject({ kind: 'latency', ms: 250 });
          const { rules } = network.bus(dependent);
          rules.inject(
            dependent === 'prices'
              ? { direction: 'up', kind: 'publish', fault: delay }
              : { direction: 'down', kind: 'deliver', fault: delay },
          );
          return () => {
            called!.faults.remove(fault);
            rules.clear();
          };
        });
        return () => undo.forEach((take) => take());
      },
    },
    {
      id: 'down',
      title: 'Whoever is needed is down',
      apply: (network) => {
        const undo = situations.map(({ dependent }) => {
          const [called] = network.edge('shop-calls', dependent);
          const fault = called!.faults.inject({ kind: 'reset' });
          const bus = network.bus(dependent);
          bus.shut();
          bus.cut();
          return () => {
            called!.faults.remove(fault);
            bus.open();
          };
        });
        return () => undo.forEach((take) => take());
      },
    },
  ],
  actions: [
    posting('checkout-calls', 'Check out (calls)', '/checkouts', 'shop-calls'),
    posting('checkout-events', 'Check out (events)', '/checkouts', 'shop-events'),
    lookup('lookup-calls', 'Look a price up (calls)', 'shop-calls'),
    lookup('lookup-events', 'Look a price up (events)', 'shop-events'),
    posting('order-calls', 'Place an order (calls)', '/orders', 'shop-calls'),
    posting('order-events', 'Place an order (events)', '/orders', 'shop-events'),
    posting('shipment-calls', 'Ship an order (calls)', '/shipments', 'shop-calls'),
    posting('shipment-events', 'Ship an order (events)', '/shipments', 'shop-events'),
    changePrice,
  ],
  seed: ['prices-database', 'shop-events-database'].map((database) => ({
    database,
    sql: 'INSERT INTO prices (product_id, price_cents, change_id) VALUES (?, ?, ?)',
    values: [product, 4_900, 'first'],
  })),
  warmUp: [
    { action: 'checkout-calls', params: { id: 'c-warm-up' } },
    { action: 'checkout-events', params: { id: 'c-warm-up-events' } },
    { action: 'lookup-calls', params: { id: 'v-warm-up' } },
    { action: 'lookup-events', params: { id: 'v-warm-up-events' } },
    { action: 'order-calls', params: { id: 'o-warm-up' } },
    { action: 'order-events', params: { id: 'o-warm-up-events' } },
    { action: 'shipment-calls', params: { id: 's-warm-up' } },
    { action: 'shipment-events', params: { id: 's-warm-up-events' } },
    { action: 'change-price', params: { id: 'n-warm-up' } },
  ],
  consumers: [
    { component: 'shop-events', topic: 'prices/changed/v1' },
    { component: 'shop-events', topic: 'authorisations/decided/v1' },
    { component: 'payments', topic: 'authorisations/requested/v1' },
    { component: 'audit', topic: 'orders/placed/v1' },
    { component: 'mailer', topic: 'orders/shipped/v1' },
  ],
};
export default lab;
