import type { Architecture, Flow, Hop, Step } from '../kit/flow/types.ts';
import { components, four, three, type Dependent } from './cast.ts';

const placed = (to: string, n?: number): Hop => ({
  id: 'post',
  ...(n !== undefined && { n }),
  via: 'http',
  kind: 'post',
  from: 'user',
  to,
  label: 'places an order',
});

const stored = (from: string, to: string, label: string): Hop => ({
  id: `${from}-stored`,
  via: 'store',
  kind: 'write',
  from,
  to,
  label,
});

/** A call: the request, what the dependent stores, and the reply that says so. */
const call = ({
  id,
  database,
  method,
  status,
  safe,
  asked,
  stores,
  call: n,
}: Dependent): Step[] => [
  {
    id: `call-${id}`,
    ...(n !== undefined && { n }),
    via: 'http',
    kind: method,
    from: 'order-service',
    to: id,
    label: asked,
    ...(safe && { repeats: true }),
  },
  stored(id, database, stores),
  {
    id: `reply-${id}`,
    via: 'http',
    kind: status,
    from: id,
    to: 'order-service',
    label: 'answers: processed',
    ...(safe && { repeats: true }),
  },
];

/** A delivery: what the dependent stores, and the acknowledgement that follows. It may come again. */
const delivery = ({ id, database, stores, delivery: n }: Dependent): Step[] => [
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
  stored(id, database, stores),
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

const branches = (
  dependents: readonly Dependent[],
  steps: (dependent: Dependent) => Step[],
): Record<string, Step[]> => Object.fromEntries(dependents.map((d) => [d.id, steps(d)]));

/** `POST /orders`: answered once everyone who had to hear of the order has processed it. */
const calling = (id: string, title: string, dependents: readonly Dependent[]): Flow => ({
  id,
  title,
  steps: [
    placed('order-service', 1),
    stored('order-service', 'order-database', 'saves the order'),
    { fork: branches(dependents, call) },
    {
      id: 'reply',
      n: 5,
      via: 'http',
      kind: '201',
      from: 'order-service',
      to: 'user',
      label: 'answers: everyone has processed it',
    },
  ],
  deadline: 1_500,
  quiet: 60,
});

export const order = calling('place-order', 'Place an order (calls)', four);

/** The same before loyalty has joined: what tasks 1 to 4 are about. */
export const orderOfThree = calling('place-order-of-three', 'Place an order', three);

const inPart: Hop = {
  id: 'reply',
  n: 5,
  via: 'http',
  kind: '202',
  from: 'order-service',
  to: 'user',
  label: 'answers: not everyone has processed it',
};

/** An order of three of whom one gives no good answer: only that it was asked is certain. */
const withoutAnswer = (missing: Dependent): Flow => ({
  ...orderOfThree,
  id: `place-order-without-${missing.id}`,
  title: 'Place an order that is done in part',
  steps: [
    placed('order-service', 1),
    stored('order-service', 'order-database', 'saves the order'),
    { fork: branches(three, (d) => (d === missing ? call(d).slice(0, 1) : call(d))) },
    inPart,
  ],
});

/** All three are called before the first of them answers. */
const calledAtOnce: Flow = {
  ...orderOfThree,
  id: 'call-all-at-once',
  title: 'Call three at once',
  steps: [
    placed('order-service', 1),
    stored('order-service', 'order-database', 'saves the order'),
    { fork: branches(three, (d) => call(d).slice(0, 1)) },
    { fork: branches(three, (d) => call(d).slice(1)) },
    ...orderOfThree.steps.slice(-1),
  ],
};

/** Flows that small tasks are judged by, though no page draws them. */
export const parts: Flow[] = [orderOfThree, calledAtOnce, ...three.map(withoutAnswer)];

/** The same order in the event style: answered once it is saved; the others hear of it when they can. */
export const announced: Flow = {
  id: 'place-order-events',
  title: 'Place an order (events)',
  steps: [
    placed('order-service-events'),
    stored('order-service-events', 'order-events-database', 'saves the order'),
    {
      fork: {
        reply: [
          {
            id: 'reply',
            via: 'http',
            kind: '202',
            from: 'order-service-events',
            to: 'user',
            label: 'answers: accepted',
          },
        ],
        event: [
          {
            id: 'publish',
            n: 6,
            via: 'mqtt',
            kind: 'publish',
            from: 'order-service-events',
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
                  to: 'order-service-events',
                  label: 'has taken the event over',
                },
              ],
              ...branches(four, delivery),
            },
          },
        ],
      },
    },
  ],
  deadline: 1_500,
  quiet: 60,
};

/** `GET /orders/{id}`: what became of an order, from the order service's own database. */
export const status: Flow = {
  id: 'order-status',
  title: 'Ask what became of an order',
  steps: [
    {
      id: 'get',
      via: 'http',
      kind: 'get',
      from: 'user',
      to: 'order-service',
      label: 'asks what became of the order',
    },
    {
      id: 'order-read',
      via: 'store',
      kind: 'read',
      from: 'order-service',
      to: 'order-database',
      label: 'reads the order',
    },
    {
      id: 'told',
      via: 'http',
      kind: '200',
      from: 'order-service',
      to: 'user',
      label: 'tells who has processed it',
    },
  ],
  deadline: 1_000,
  quiet: 40,
};

const notify: Architecture = {
  id: '03-notify',
  title: 'Notify',
  components,
  flows: [order, announced, status],
};
export default notify;
