import type { Architecture, Component, Flow, Hop, Step } from '../kit/flow/types.ts';

const components: Component[] = [
  { id: 'user', name: 'Customer', type: 'client', role: 'places orders' },
  {
    id: 'order-service',
    name: 'Order service',
    type: 'service',
    role: 'saves orders, answers who asks for them, and announces them',
  },
  {
    id: 'order-database',
    name: 'Order database',
    type: 'database',
    role: 'holds the orders, each with a number',
  },
  {
    id: 'warehouse',
    name: 'Warehouse',
    type: 'service',
    role: 'polls: asks for what came after its cursor',
  },
  {
    id: 'warehouse-database',
    name: 'Warehouse database',
    type: 'database',
    role: 'holds what has to be packed, and the cursor',
  },
  {
    id: 'fraud-detection',
    name: 'Fraud detection',
    type: 'service',
    role: 'polls naively: asks for everything, again and again',
  },
  {
    id: 'fraud-database',
    name: 'Fraud database',
    type: 'database',
    role: 'holds which orders were looked at',
  },
  {
    id: 'event-bus',
    name: 'Event Bus',
    type: 'message_queue',
    role: 'delivers each event to those who subscribed',
  },
  { id: 'analytics', name: 'Analytics', type: 'service', role: 'is told: counts orders' },
  {
    id: 'analytics-database',
    name: 'Analytics database',
    type: 'database',
    role: 'holds which orders were counted',
  },
];

const ordering: [Hop, Hop] = [
  {
    id: 'order',
    n: 1,
    via: 'http',
    kind: 'post',
    from: 'user',
    to: 'order-service',
    label: 'places an order',
  },
  {
    id: 'order-saved',
    via: 'store',
    kind: 'write',
    from: 'order-service',
    to: 'order-database',
    label: 'saves the order',
  },
];

const reply: Hop = {
  id: 'placed',
  n: 2,
  via: 'http',
  kind: '201',
  from: 'order-service',
  to: 'user',
  label: 'answers: placed',
};

/** A poller hears of the order in the reply to its next question, and stores it before the one after. */
const heard = (
  id: string,
  [news, stored]: [number, number],
  service: string,
  database: string,
): [Hop, Hop] => [
  {
    id: `${id}-news`,
    n: news,
    via: 'http',
    kind: '200',
    from: 'order-service',
    to: service,
    label: 'answers a poll: there is an order',
  },
  {
    id: `${id}-stored`,
    n: stored,
    via: 'store',
    kind: 'write',
    from: service,
    to: database,
    label: 'stores it, and asks on',
  },
];

const polled = heard('warehouse', [3, 4], 'warehouse', 'warehouse-database');
const naive = heard('fraud', [5, 6], 'fraud-detection', 'fraud-database');

const told: [Hop, Step] = [
  {
    id: 'publish',
    n: 7,
    via: 'mqtt',
    kind: 'publish',
    from: 'order-service',
    to: 'event-bus',
    label: 'announces that an order was placed',
  },
  {
    fork: {
      taken: [
        {
          id: 'bus-puback',
          via: 'mqtt',
          kind: 'puback',
          from: 'event-bus',
          to: 'order-service',
          label: 'has taken the event over',
        },
      ],
      delivery: [
        {
          id: 'deliver',
          n: 8,
          via: 'mqtt',
          kind: 'deliver',
          from: 'event-bus',
          to: 'analytics',
          label: 'delivers the event',
          repeats: true,
        },
        {
          id: 'counted',
          n: 9,
          via: 'store',
          kind: 'write',
          from: 'analytics',
          to: 'analytics-database',
          label: 'counts the order',
        },
        {
          id: 'consumer-puback',
          via: 'mqtt',
          kind: 'puback',
          from: 'analytics',
          to: 'event-bus',
          label: 'acknowledges: stored',
          repeats: true,
        },
      ],
    },
  },
];

/** `POST /orders`: one order, of which three hear in three ways. */
export const order: Flow = {
  id: 'place-order',
  title: 'Place an order',
  steps: [...ordering, { fork: { reply: [reply], polled, naive, told } }],
  deadline: 3_000,
  quiet: 60,
};

/** The part of an order that is the order service's and the warehouse's own. */
export const ownPart: Flow = {
  id: 'polled-order',
  title: 'Place an order and hear of it by polling',
  steps: [...ordering, { fork: { reply: [reply], polled } }],
  deadline: 1_500,
  quiet: 60,
};

/** News that reaches the warehouse, whoever saved the order. */
export const news: Flow = {
  id: 'hear-of-order',
  title: 'Hear of an order by polling',
  steps: polled,
  deadline: 1_500,
  quiet: 60,
};

/** The same two where a service is started again in between. */
const restarted = { title: 'Hear of an order after a restart', deadline: 5_000 };
export const ownPartLate: Flow = { ...ownPart, ...restarted, id: 'polled-order-late' };
export const newsLate: Flow = { ...news, ...restarted, id: 'hear-of-order-late' };

const polling: Architecture = {
  id: '02-polling',
  title: 'Polling',
  components,
  flows: [order],
};
export default polling;
