import type { Style } from './words.ts';

/** One message in a story; time has no unit, only an order and a length. */
interface Message {
  from: string;
  to: string;
  at: number;
}

/** A stretch of time in which somebody is at work, or does nothing but wait. */
interface Span {
  who: string;
  from: number;
  until: number;
}

/** The same event told in one style: who speaks to whom, who works and who waits. */
export interface Story {
  style: Style;
  title: string;
  /** From top to bottom; one without a name stays free. */
  lanes: readonly string[];
  messages: readonly Message[];
  works: readonly Span[];
  waits: readonly Span[];
  /** A message queue is drawn as one: it holds, it doesn't work. */
  holds?: Span;
  /** The picture in words. */
  words: string;
  /** What it gives. */
  gain: string;
  /** What it costs. */
  price: string;
}

const customer = 'Customer';
const orders = 'Order service';
const topic = 'Topic “orders”';
// Each of the three takes as long in both stories.
const dependents = [
  { name: 'Warehouse', takes: 4 },
  { name: 'Fraud detection', takes: 6 },
  { name: 'Analytics', takes: 3 },
];
const names = dependents.map(({ name }) => name);
const saved = 2;

/** How long all stories' pictures are, so that they can be compared. */
export const end = 21;

/** After saving, the order service calls each dependent and waits for its reply. */
function ask(): Story {
  const messages: Message[] = [{ from: customer, to: orders, at: 0 }];
  const works: Span[] = [{ who: orders, from: 0, until: saved }];
  const waits: Span[] = [];
  let at = saved;
  for (const { name, takes } of dependents) {
    messages.push({ from: orders, to: name, at }, { from: name, to: orders, at: at + takes });
    works.push({ who: name, from: at, until: at + takes });
    works.push({ who: orders, from: at + takes, until: at + takes + 1 });
    waits.push({ who: orders, from: at, until: at + takes });
    at += takes + 1;
  }
  messages.push({ from: orders, to: customer, at });
  waits.push({ who: customer, from: 0, until: at });
  return {
    style: 'request-response',
    title: 'Ask and wait',
    // The free lane is where the other story has its topic: so the two can be compared row by row.
    lanes: [customer, orders, '', ...names],
    messages,
    works,
    waits,
    words:
      'The customer orders. The order service saves it, calls the warehouse, fraud detection and ' +
      'analytics one after the other, and waits for each reply. Only then does the customer get one.',
    gain: 'When the reply comes, all three have done their part.',
    price: 'The customer waits for four services. If one call fails, the order is half done.',
  };
}

/** After saving, the order service announces the order once; the topic tells each dependent. */
function tell(): Story {
  const delivered = saved + 2;
  return {
    style: 'event-driven',
    title: 'Tell and go on',
    lanes: [customer, orders, topic, ...names],
    messages: [
      { from: customer, to: orders, at: 0 },
      { from: orders, to: topic, at: saved },
      { from: orders, to: customer, at: saved + 1 },
      ...names.map((to, i) => ({ from: topic, to, at: delivered + i })),
    ],
    works: [
      { who: orders, from: 0, until: saved + 1 },
      ...dependents.map(({ name, takes }, i) => ({
        who: name,
        from: delivered + i,
        until: delivered + i + takes,
      })),
    ],
    waits: [{ who: customer, from: 0, until: saved + 1 }],
    holds: { who: topic, from: saved, until: delivered + names.length - 1 },
    words:
      'The customer orders. The order service saves it, sends one message to a topic, and replies ' +
      'at once. The topic then tells the warehouse, fraud detection and analytics, which work at ' +
      'the same time.',
    gain: 'The customer waits for one service. A new listener changes no code in it.',
    price: 'When the reply comes, the others may not have heard yet. Their data can disagree.',
  };
}

/** One order that three others must hear of, told in both styles. */
export const stories: readonly Story[] = [ask(), tell()];
