import type { Architecture, Component, Flow, Hop, Step } from '../kit/flow/types.ts';

const components: Component[] = [
  { id: 'user', name: 'User', type: 'client', role: 'starts requests' },
  {
    id: 'load-balancer',
    name: 'Load Balancer',
    type: 'load_balancer',
    role: 'spreads requests evenly over the API Gateway instances',
  },
  {
    id: 'api-gateway',
    name: 'API Gateway',
    type: 'api_gateway',
    role: 'checks who is asking and routes to the right service',
  },
  {
    id: 'service-a',
    short: 'Service A',
    name: 'Request-Response Service A',
    type: 'service',
    role: 'answers synchronous requests',
  },
  { id: 'database-a', name: 'Database A', type: 'database', role: 'holds Service A’s data' },
  { id: 'cache-a', name: 'Cache A', type: 'cache', role: 'makes Service A’s reads fast' },
  {
    id: 'service-b',
    short: 'Service B',
    name: 'Event-Driven Service B',
    type: 'service',
    role: 'saves orders and emits events for others',
  },
  { id: 'database-b', name: 'Database B', type: 'database', role: 'holds Service B’s data' },
  { id: 'cache-b', name: 'Cache B', type: 'cache', role: 'makes Service B’s reads fast' },
  {
    id: 'event-bus',
    short: 'Event Bus',
    name: 'Event Bus (Message Queue)',
    type: 'message_queue',
    role: 'decouples services and delivers events asynchronously',
  },
  {
    id: 'service-c',
    name: 'Service C',
    type: 'service',
    role: 'consumes events from the bus and processes them',
  },
  { id: 'database-c', name: 'Database C', type: 'database', role: 'holds Service C’s data' },
];

/** The way in: user, load balancer, gateway, service. Only the read's hops carry numbers. */
const wayIn = (kind: string, service: string, what: string, numbered = false): Hop[] =>
  [
    ['user', 'load-balancer', what],
    ['load-balancer', 'api-gateway', 'passes the request to one of two gateways'],
    ['api-gateway', service, 'lets the request in and routes it'],
  ].map(([from, to, label], i) => ({
    id: `${kind}-${to}`,
    ...(numbered && { n: i + 1 }),
    via: 'http',
    kind,
    from: from!,
    to: to!,
    label: label!,
  }));

/** The reply goes back through the gateway and the load balancer; its three legs are one numbered hop. */
const wayBack = (status: string, service: string, what: string, n?: number): Hop[] =>
  [
    [service, 'api-gateway', what],
    ['api-gateway', 'load-balancer', 'passes the reply on'],
    ['load-balancer', 'user', 'hands the reply to the user'],
  ].map(([from, to, label]) => ({
    id: `reply-${to}`,
    ...(n !== undefined && { n }),
    via: 'http',
    kind: status,
    from: from!,
    to: to!,
    label: label!,
  }));

/** Ask the cache; on a miss read the database, fill the cache and answer, in whichever order. */
const throughCache = (
  x: 'a' | 'b',
  thing: string,
  back: Step[],
  [ask, answer]: [number?, number?] = [],
): [Step, ...Step[]] => {
  const [service, cache, database] = [`service-${x}`, `cache-${x}`, `database-${x}`];
  const hop = (
    id: string,
    kind: string,
    from: string,
    to: string,
    label: string,
    n?: number,
  ): Hop => ({ id, ...(n !== undefined && { n }), via: 'http', kind, from, to, label });
  return [
    hop('cache-get', 'get', service, cache, `asks for the ${thing}`, ask),
    {
      choice: {
        'cache hit': [hop('cache-hit', '200', cache, service, `has the ${thing}`, answer), ...back],
        'cache miss': [
          hop('cache-miss', '404', cache, service, `does not have the ${thing}`, answer),
          {
            id: 'database-read',
            via: 'store',
            kind: 'read',
            from: service,
            to: database,
            label: `reads the ${thing}`,
          },
          {
            fork: {
              fill: [
                hop('cache-put', 'put', service, cache, `stores the ${thing} for the next reader`),
                hop('cache-stored', '204', cache, service, 'has stored it'),
              ],
              reply: back,
            },
          },
        ],
      },
    },
  ];
};

/** `GET /products/{id}`: hops 1 to 6, the request-response flow. */
export const read: Flow = {
  id: 'read-product',
  title: 'Read a product',
  steps: [
    ...(wayIn('get', 'service-a', 'asks for a product', true) as [Hop, Hop, Hop]),
    ...throughCache(
      'a',
      'product',
      wayBack('200', 'service-a', 'answers with the product', 6),
      [4, 5],
    ),
  ],
  deadline: 1_000,
  quiet: 40,
};

const saved: Hop = {
  id: 'order-saved',
  via: 'store',
  kind: 'write',
  from: 'service-b',
  to: 'database-b',
  label: 'saves the order',
};

const publish: Hop = {
  id: 'publish',
  n: 7,
  via: 'mqtt',
  kind: 'publish',
  from: 'service-b',
  to: 'event-bus',
  label: 'announces that an order was placed',
};

const taken: Hop = {
  id: 'bus-puback',
  via: 'mqtt',
  kind: 'puback',
  from: 'event-bus',
  to: 'service-b',
  label: 'has taken the event over',
};

/** From the bus on: delivered, stored, and only then acknowledged. It may be delivered again. */
const consumed: [Hop, Hop, Hop] = [
  {
    id: 'deliver',
    n: 8,
    via: 'mqtt',
    kind: 'deliver',
    from: 'event-bus',
    to: 'service-c',
    label: 'delivers the event',
    repeats: true,
  },
  {
    id: 'shipment-stored',
    n: 9,
    via: 'store',
    kind: 'write',
    from: 'service-c',
    to: 'database-c',
    label: 'stores what it has to do',
  },
  {
    id: 'consumer-puback',
    via: 'mqtt',
    kind: 'puback',
    from: 'service-c',
    to: 'event-bus',
    label: 'acknowledges: stored',
    repeats: true,
  },
];

const ordering = [...wayIn('post', 'service-b', 'places an order'), saved] as [Hop, Hop, Hop, Hop];
const accepted = wayBack('202', 'service-b', 'answers: accepted');

/** `POST /orders`: answered once the order is saved; then hops 7 to 9, the event-driven flow. */
export const order: Flow = {
  id: 'place-order',
  title: 'Place an order',
  steps: [
    ...ordering,
    {
      fork: {
        reply: accepted,
        event: [publish, { fork: { taken: [taken], delivery: consumed } }],
      },
    },
  ],
  deadline: 1_500,
  quiet: 60,
};

/** The part of an order that is Service B's own: whoever consumes the event. */
export const announcement: Flow = {
  id: 'announce-order',
  title: 'Accept and announce an order',
  steps: [...ordering, { fork: { reply: accepted, event: [publish] } }],
  deadline: 1_000,
  quiet: 60,
};

/** The part of an order that is Service C's own: whoever announced the event. */
export const delivery: Flow = {
  id: 'deliver-event',
  title: 'Deliver an event',
  steps: consumed,
  deadline: 1_000,
  quiet: 60,
};

/** `GET /orders/{id}`: the same way in, answered by Service B through Cache B; no numbers. */
export const status: Flow = {
  id: 'order-status',
  title: 'Ask for an order’s status',
  steps: [
    ...(wayIn('get', 'service-b', 'asks for the order’s status') as [Hop, Hop, Hop]),
    ...throughCache('b', 'order', wayBack('200', 'service-b', 'answers with the status')),
  ],
  deadline: 1_000,
  quiet: 40,
};

const nineHops: Architecture = {
  id: '01-nine-hops',
  title: 'Nine hops',
  components,
  flows: [read, order, status],
};
export default nineHops;
