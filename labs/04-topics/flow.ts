import type { Architecture, Flow, Hop, Step } from '../kit/flow/types.ts';
import { analytics, components, loyalty, warehouse, type Consumer } from './cast.ts';

const store = (from: string, to: string, label: string): Hop => ({
  id: `${from}-stored`,
  via: 'store',
  kind: 'write',
  from,
  to,
  label,
});

/** A delivery: what the consumer stores, and the acknowledgement that follows. It may come again. */
const delivery = ({ id, database, stores, n }: Consumer): Flow['steps'] => [
  {
    id: `deliver-${id}`,
    ...(n !== undefined && { n }),
    via: 'mqtt',
    kind: 'deliver',
    from: 'event-bus',
    to: id,
    label: 'delivers the event',
    repeats: true,
  },
  store(id, database, stores),
  {
    id: `puback-${id}`,
    via: 'mqtt',
    kind: 'puback',
    from: id,
    to: 'event-bus',
    label: 'acknowledges: stored',
    repeats: true,
  },
];

/** Fraud detection is called: the request, what it stores, and the reply that says so. */
const called: Flow['steps'] = [
  {
    id: 'push',
    n: 5,
    via: 'http',
    kind: 'post',
    from: 'push-relay',
    to: 'fraud-detection',
    label: 'calls the endpoint that was registered',
    repeats: true,
  },
  store('fraud-detection', 'fraud-database', 'keeps the check'),
  {
    id: 'pushed',
    via: 'http',
    kind: '204',
    from: 'fraud-detection',
    to: 'push-relay',
    label: 'answers: stored',
    repeats: true,
  },
];

/** A delivery to the relay, which takes the event over and hands it on. */
const pushed: Step[] = [
  {
    id: 'deliver-push-relay',
    n: 4,
    via: 'mqtt',
    kind: 'deliver',
    from: 'event-bus',
    to: 'push-relay',
    label: 'delivers the event',
    repeats: true,
  },
  {
    fork: {
      acknowledged: [
        {
          id: 'puback-push-relay',
          via: 'mqtt',
          kind: 'puback',
          from: 'push-relay',
          to: 'event-bus',
          label: 'has taken the event over',
          repeats: true,
        },
      ],
      called,
    },
  },
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
};

const taken: Hop = {
  id: 'bus-puback',
  via: 'mqtt',
  kind: 'puback',
  from: 'event-bus',
  to: 'order-service',
  label: 'has taken the event over',
};

const times = { deadline: 1_500, quiet: 60 };

/** `POST /orders`: answered once it is saved; whoever listens hears of it. */
const order = (id: string, title: string, listeners: Record<string, Step[]>): Flow => ({
  id,
  title,
  steps: [
    placed,
    store('order-service', 'order-database', 'saves the order'),
    {
      fork: { reply: [reply], event: [publish, { fork: { taken: [taken], ...listeners } }] },
    },
  ],
  ...times,
});

const always = { warehouse: delivery(warehouse), 'push-relay': pushed };
const withAnalytics = { ...always, analytics: delivery(analytics) };

/** Everyone listens. */
export const toAll = order('place-order', 'Place an order', {
  ...withAnalytics,
  loyalty: delivery(loyalty),
});
const toThree = order('order-of-three', 'Place an order', withAnalytics);
const withLoyalty = order('order-without-analytics', 'Place an order', {
  ...always,
  loyalty: delivery(loyalty),
});
const toTwo = order('order-of-two', 'Place an order', always);

/** What the order service does, whoever listens. */
export const announcement: Flow = {
  id: 'announcement',
  title: 'Announce an order',
  steps: [
    placed,
    store('order-service', 'order-database', 'saves the order'),
    { fork: { reply: [reply], event: [publish] } },
  ],
  ...times,
};

/** One queue, whoever has published. */
export const warehouseDelivery: Flow = {
  id: 'warehouse-delivery',
  title: 'The warehouse consumes from its queue',
  steps: delivery(warehouse),
  ...times,
};
export const analyticsDelivery: Flow = {
  id: 'analytics-delivery',
  title: 'Analytics consumes from its queue',
  steps: delivery(analytics),
  ...times,
};
export const push: Flow = {
  id: 'push',
  title: 'The relay calls fraud detection',
  steps: called,
  ...times,
};

/** Which flow an order follows now. */
export function orderFlowNow(listening: ReadonlySet<string>): string {
  const [a, l] = [listening.has('analytics'), listening.has('loyalty')];
  if (a) return (l ? toAll : toThree).id;
  return (l ? withLoyalty : toTwo).id;
}

/** At its start fraud detection says where it wants to be called. */
const registration: Flow = {
  id: 'registration',
  title: 'Register an endpoint',
  steps: [
    {
      id: 'register',
      via: 'http',
      kind: 'put',
      from: 'fraud-detection',
      to: 'push-relay',
      label: 'registers its endpoint',
    },
    {
      id: 'registered',
      via: 'http',
      kind: '200',
      from: 'push-relay',
      to: 'fraud-detection',
      label: 'answers: registered',
    },
  ],
  deadline: 1_000,
  quiet: 40,
};

const told = (id: string, title: string, to: string, kind: 'put' | 'delete'): Flow => ({
  id,
  title,
  steps: [
    {
      id: 'ask',
      via: 'http',
      kind,
      from: 'operator',
      to,
      label: kind === 'put' ? 'tells it to take part' : 'tells it to leave',
    },
    { id: 'done', via: 'http', kind: '204', from: to, to: 'operator', label: 'answers: done' },
  ],
  deadline: 1_500,
  quiet: 40,
});

export const analyticsJoins = told('analytics-joins', 'Analytics joins', 'analytics', 'put');
export const analyticsLeaves = told('analytics-leaves', 'Analytics leaves', 'analytics', 'delete');
export const loyaltyJoins = told('loyalty-joins', 'Loyalty joins', 'loyalty', 'put');
export const loyaltyLeaves = told('loyalty-leaves', 'Loyalty leaves', 'loyalty', 'delete');

/** Flows that runs follow though no page draws them. */
export const parts: Flow[] = [toThree, withLoyalty, toTwo, announcement];

const topics: Architecture = {
  id: '04-topics',
  title: 'Topics',
  components,
  flows: [toAll, registration, analyticsJoins, analyticsLeaves, loyaltyJoins, loyaltyLeaves],
};
export default topics;
