import type { Architecture, Flow, Hop, Step } from '../kit/flow/types.ts';
import { analytics, components, fraudDetection, warehouse, type Consumer } from './cast.ts';

const stored = ({ id, database, stores }: Consumer): Hop => ({
  id: `${id}-stored`,
  via: 'store',
  kind: 'write',
  from: id,
  to: database,
  label: stores,
});

const delivered = ({ id, n }: Consumer): Hop => ({
  id: `deliver-${id}`,
  n,
  via: 'mqtt',
  kind: 'deliver',
  from: 'event-bus',
  to: id,
  label: 'delivers the event',
  repeats: true,
});

const acknowledged = ({ id }: Consumer): Hop => ({
  id: `puback-${id}`,
  via: 'mqtt',
  kind: 'puback',
  from: id,
  to: 'event-bus',
  label: 'acknowledges: stored',
  repeats: true,
});

/** A delivery: what the consumer stores, and the acknowledgement that follows. It may come again. */
const delivery = (consumer: Consumer): [Step, ...Step[]] => [
  delivered(consumer),
  stored(consumer),
  acknowledged(consumer),
];

const placed: Hop = {
  id: 'post',
  n: 1,
  via: 'http',
  kind: 'post',
  from: 'user',
  to: 'order-service',
  label: 'places an order',
};

const saved: Hop = {
  id: 'order-stored',
  via: 'store',
  kind: 'write',
  from: 'order-service',
  to: 'order-database',
  label: 'saves the order, and the event that it owes',
};

const reply: Hop = {
  id: 'reply',
  via: 'http',
  kind: '202',
  from: 'order-service',
  to: 'user',
  label: 'answers: accepted',
};

const publish: Hop = {
  id: 'publish',
  n: 2,
  via: 'mqtt',
  kind: 'publish',
  from: 'order-service',
  to: 'event-bus',
  label: 'announces that an order was placed',
  repeats: true,
};

const taken = (id: string, client: string): Hop => ({
  id,
  via: 'mqtt',
  kind: 'puback',
  from: 'event-bus',
  to: client,
  label: 'has taken the event over',
  repeats: true,
});

/** The warehouse says by name that an order is reserved; then the order service owes nothing more. */
const confirmation: Step[] = [
  {
    id: 'confirm',
    n: 4,
    via: 'mqtt',
    kind: 'publish',
    from: 'warehouse',
    to: 'event-bus',
    label: 'confirms: reserved',
    repeats: true,
  },
  {
    fork: {
      taken: [taken('confirm-taken', 'warehouse')],
      heard: [
        {
          id: 'confirmed',
          n: 5,
          via: 'mqtt',
          kind: 'deliver',
          from: 'event-bus',
          to: 'order-service',
          label: 'delivers the confirmation',
          repeats: true,
        },
        {
          id: 'cleared',
          via: 'store',
          kind: 'delete',
          from: 'order-service',
          to: 'order-database',
          label: 'takes the event out of the outbox',
        },
        {
          id: 'puback-order-service',
          via: 'mqtt',
          kind: 'puback',
          from: 'order-service',
          to: 'event-bus',
          label: 'acknowledges: owes nothing more',
          repeats: true,
        },
      ],
    },
  },
];

const times = { deadline: 2_000, quiet: 60 };

/** `POST /orders`: answered once it is saved; announced until the warehouse has confirmed it. */
export const placeOrder: Flow = {
  id: 'place-order',
  title: 'Place an order',
  steps: [
    placed,
    saved,
    {
      fork: {
        reply: [reply],
        event: [
          publish,
          {
            fork: {
              taken: [taken('bus-puback', 'order-service')],
              warehouse: [
                delivered(warehouse),
                stored(warehouse),
                { fork: { acknowledged: [acknowledged(warehouse)], confirmed: confirmation } },
              ],
              'fraud-detection': delivery(fraudDetection),
              analytics: delivery(analytics),
            },
          },
        ],
      },
    },
  ],
  ...times,
};

/** What the order service does, whoever listens. */
export const announcement: Flow = {
  id: 'announcement',
  title: 'Save an order, and announce it',
  steps: [placed, saved, { fork: { reply: [reply], event: [publish] } }],
  ...times,
};

/** The warehouse’s part, whoever has published, but for its confirmation. */
export const warehouseDelivery: Flow = {
  id: 'warehouse-delivery',
  title: 'The warehouse takes an event in',
  steps: delivery(warehouse),
  ...times,
};

const asked = (id: string, title: string, kind: 'get' | 'post', label: string): Flow => ({
  id,
  title,
  steps: [
    { id: 'ask', via: 'http', kind, from: 'operator', to: 'reconciler', label },
    {
      id: 'answered',
      via: 'http',
      kind: '200',
      from: 'reconciler',
      to: 'operator',
      label: 'answers with figures',
    },
  ],
  deadline: 3_000,
  quiet: 40,
});

export const measureLag = asked(
  'measure-lag',
  'Measure the lag',
  'get',
  'asks how far subscribers are behind',
);
export const reconcile = asked('reconcile', 'Reconcile', 'post', 'has differences repaired');

const call = (to: string, what: { id: string; n?: number; kind: string; label: string }): Hop => ({
  ...what,
  via: 'http',
  from: 'reconciler',
  to,
});
const answer = (from: string, kind: string, label: string): Hop => ({
  id: `${from}-answers-${kind}`,
  via: 'http',
  kind,
  from,
  to: 'reconciler',
  label,
});

const listed = ({ id }: Consumer, n: number): [Step, ...Step[]] => [
  call(id, { id: `list-${id}`, n, kind: 'get', label: 'asks what it has' }),
  answer(id, '200', 'the orders that it has'),
];
const repaired = ({ id }: Consumer): [Step, ...Step[]] => [
  call(id, { id: `put-${id}`, kind: 'put', label: 'puts an order that it lacks' }),
  answer(id, '204', 'has it now'),
];

/** What the reconciler does between question and answer, where each subscriber lacks one order. */
const repair: Flow = {
  id: 'repair',
  title: 'Compare, and repair',
  steps: [
    { fork: { analytics: listed(analytics, 8), fraud: listed(fraudDetection, 9) } },
    call('order-service', { id: 'orders', n: 10, kind: 'get', label: 'asks for all orders' }),
    answer('order-service', '200', 'all orders'),
    { fork: { analytics: repaired(analytics), fraud: repaired(fraudDetection) } },
  ],
  deadline: 3_000,
  quiet: 40,
};

/** Flows that checks judge though no page draws them. */
export const parts: Flow[] = [announcement, warehouseDelivery];

const busDown: Architecture = {
  id: '05-bus-down',
  title: 'The bus is down',
  components,
  flows: [placeOrder, measureLag, reconcile, repair],
};
export default busDown;
