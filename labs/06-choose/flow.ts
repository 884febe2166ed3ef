import { isFork, isHop } from '../kit/flow/steps.ts';
import type { Architecture, Flow, Hop, Step } from '../kit/flow/types.ts';
import { components } from './cast.ts';

const http = (id: string, kind: string, from: string, to: string, label: string): Hop => ({
  id,
  via: 'http',
  kind,
  from,
  to,
  label,
});

const stored = (id: string, from: string, label: string): Hop => ({
  id,
  via: 'store',
  kind: 'write',
  from,
  to: `${from}-database`,
  label,
});

const publish = (from: string, label: string): Hop => ({
  id: `publish-${from}`,
  via: 'mqtt',
  kind: 'publish',
  from,
  to: 'event-bus',
  label,
});

const taken = (by: string): Hop => ({
  id: `bus-puback-${by}`,
  via: 'mqtt',
  kind: 'puback',
  from: 'event-bus',
  to: by,
  label: 'has taken the event over',
});

const deliver = (to: string): Hop => ({
  id: `deliver-${to}`,
  via: 'mqtt',
  kind: 'deliver',
  from: 'event-bus',
  to,
  label: 'delivers the event',
  repeats: true,
});

const acknowledge = (from: string): Hop => ({
  id: `puback-${from}`,
  via: 'mqtt',
  kind: 'puback',
  from,
  to: 'event-bus',
  label: 'acknowledges: stored',
  repeats: true,
});

const limits = { deadline: 1_500, quiet: 60 };

/** What a situation asks for in either style. */
interface Asked {
  id: string;
  title: string;
  asks: string;
  dependent: string;
  method: string;
  stores: string;
  event: string;
}

const calls = ({ id, title, asks, dependent, method, stores }: Asked): Flow => ({
  id: `${id}-calls`,
  title: `${title} (calls)`,
  steps: [
    http('post', 'post', 'user', 'shop-calls', asks),
    http('call', method, 'shop-calls', dependent, 'asks for the work'),
    stored('done', dependent, stores),
    http('answer', '201', dependent, 'shop-calls', 'answers: done'),
    stored('saved', 'shop-calls', 'saves what it promises'),
    http('reply', '201', 'shop-calls', 'user', 'answers: done'),
  ],
  ...limits,
});

/** The shop saves, answers and announces; `then` is what follows once the dependent has stored it. */
const events = (
  { id, title, asks, dependent, stores, event }: Asked,
  then: Step = acknowledge(dependent),
): Flow => ({
  id: `${id}-events`,
  title: `${title} (events)`,
  steps: [
    http('post', 'post', 'user', 'shop-events', asks),
    stored('saved', 'shop-events', 'saves what it promises'),
    {
      fork: {
        reply: [http('reply', '202', 'shop-events', 'user', 'answers: accepted')],
        event: [
          publish('shop-events', event),
          {
            fork: {
              taken: [taken('shop-events')],
              delivery: [deliver(dependent), stored('done', dependent, stores), then],
            },
          },
        ],
      },
    },
  ],
  ...limits,
});

const checkout: Asked = {
  id: 'checkout',
  title: 'Check out',
  asks: 'checks out',
  dependent: 'payments',
  method: 'put',
  stores: 'authorises the payment',
  event: 'announces that a payment waits for its authorisation',
};
const order: Asked = {
  id: 'order',
  title: 'Place an order',
  asks: 'places an order',
  dependent: 'audit',
  method: 'put',
  stores: 'writes it into the trail',
  event: 'announces that an order was placed',
};
const shipment: Asked = {
  id: 'shipment',
  title: 'Ship an order',
  asks: 'says that an order has left',
  dependent: 'mailer',
  method: 'post',
  stores: 'mails the customer',
  event: 'announces that an order has left',
};

/** How the decision comes back to the shop: by another event. */
const decided: Step = {
  fork: {
    acknowledged: [acknowledge('payments')],
    decision: [
      publish('payments', 'announces its decision'),
      {
        fork: {
          kept: [taken('payments')],
          heard: [
            deliver('shop-events'),
            stored('decided', 'shop-events', 'keeps the decision'),
            acknowledge('shop-events'),
          ],
        },
      },
    ],
  },
};

const lookupCalls: Flow = {
  id: 'lookup-calls',
  title: 'Look a price up (calls)',
  steps: [
    http('get', 'get', 'user', 'shop-calls', 'asks for a product'),
    http('call', 'get', 'shop-calls', 'prices', 'asks what it costs'),
    http('answer', '200', 'prices', 'shop-calls', 'tells the price'),
    http('reply', '200', 'shop-calls', 'user', 'shows the product'),
  ],
  ...limits,
};

const lookupEvents: Flow = {
  id: 'lookup-events',
  title: 'Look a price up (events)',
  steps: [
    http('get', 'get', 'user', 'shop-events', 'asks for a product'),
    http('reply', '200', 'shop-events', 'user', 'shows the product, with the price of its copy'),
  ],
  ...limits,
};

const changePrice: Flow = {
  id: 'change-price',
  title: 'Change a price',
  steps: [
    http('put', 'put', 'operator', 'prices', 'changes a price'),
    stored('changed', 'prices', 'keeps the new price'),
    {
      fork: {
        reply: [http('reply', '204', 'prices', 'operator', 'answers: changed')],
        event: [
          publish('prices', 'announces the new price'),
          {
            fork: {
              taken: [taken('prices')],
              delivery: [
                deliver('shop-events'),
                stored('copied', 'shop-events', 'changes its copy'),
                acknowledge('shop-events'),
              ],
            },
          },
        ],
      },
    },
  ],
  ...limits,
};

/** The same steps with ids that begin with the style’s name: two styles may then stand in one flow. */
const named = (style: string, steps: readonly Step[]): Step[] =>
  steps.map((step): Step => {
    if (isHop(step)) return { ...step, id: `${style}-${step.id}` };
    const branches = Object.entries<Step[]>(isFork(step) ? step.fork : step.choice);
    const renamed = branches.map(([name, branch]) => [name, named(style, branch)]);
    return isFork(step)
      ? { fork: Object.fromEntries(renamed) }
      : { choice: Object.fromEntries(renamed) };
  });

/** The shop may ask once more when an answer is lost: what counts is what comes of it. */
const askedAgain = (steps: readonly Step[]): Step[] =>
  steps.map((step) => (isHop(step) && step.id === 'call' ? { ...step, repeats: true } : step));

/** Done as it should be, by whichever of the two shops was asked. */
const either = (id: string, title: string, called: Flow, told: Flow): Flow => ({
  id,
  title: `${title} (in either style)`,
  steps: [
    {
      choice: {
        calls: named('calls', askedAgain(called.steps)) as [Hop, ...Step[]],
        events: named('events', told.steps) as [Hop, ...Step[]],
      },
    },
  ],
  ...limits,
});

/** What small tasks are judged by: they ask what becomes of a request, and not in which style. */
export const parts: Flow[] = [
  either('checkout', checkout.title, calls(checkout), events(checkout, decided)),
  either('lookup', 'Look a price up', lookupCalls, lookupEvents),
  either('order', order.title, calls(order), events(order)),
  either('shipment', shipment.title, calls(shipment), events(shipment)),
];

const choose: Architecture = {
  id: '06-choose',
  title: 'Choose',
  components,
  flows: [
    calls(checkout),
    events(checkout, decided),
    lookupCalls,
    lookupEvents,
    calls(order),
    events(order),
    calls(shipment),
    events(shipment),
    changePrice,
  ],
};
export default choose;
