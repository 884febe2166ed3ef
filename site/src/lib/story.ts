import type { Style } from './words.ts';

/** One message in a story; time has no unit, only an order and a length. */
interface Message {
  from: string;
  to: string;
  at: number;
}

/** A stretch of time in which somebody works, waits, holds a message, or is down. */
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
  /** A topic doesn't work: it keeps messages until they are delivered. */
  holds: readonly Span[];
  downs: readonly Span[];
  /** What the customer gets in the end. */
  reply: string;
  /** The picture in words. */
  words: string;
  /** What follows from it, with a word that says for what or whom. */
  notes: readonly (readonly [string, string])[];
}

const customer = 'Customer';
const orders = 'Order service';
const topic = 'Topic “orders”';
const fails = 'Analytics';
// Each of the three takes as long in both stories, and the fault lasts as long.
const dependents = [
  { name: 'Warehouse', takes: 4 },
  { name: 'Fraud detection', takes: 6 },
  { name: fails, takes: 3 },
];
const names = dependents.map(({ name }) => name);
const saved = 2;
const fault: Span = { who: fails, from: 0, until: 16 };
const timeout = 4;

/** How long all stories' pictures are, so that they can be compared. */
export const end = 22;

/** After saving, the order service calls each dependent and waits for its reply. */
function ask(down: boolean): Story {
  const messages: Message[] = [{ from: customer, to: orders, at: 0 }];
  const works: Span[] = [{ who: orders, from: 0, until: saved }];
  const waits: Span[] = [];
  let at = saved;
  for (const { name, takes } of dependents) {
    const lost = down && name === fails;
    const until = at + (lost ? timeout : takes);
    messages.push({ from: orders, to: name, at });
    if (!lost) messages.push({ from: name, to: orders, at: until });
    if (!lost) works.push({ who: name, from: at, until });
    works.push({ who: orders, from: until, until: until + 1 });
    waits.push({ who: orders, from: at, until });
    at = until + 1;
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
    holds: [],
    downs: down ? [fault] : [],
    reply: down ? 'error' : 'reply',
    words:
      'The customer orders. The order service saves it, and calls the warehouse, fraud detection ' +
      'and analytics one after the other. ' +
      (down
        ? 'Analytics is down: the last call gets no reply. The order service waits until it gives ' +
          'up, and the customer reads of an error.'
        : 'It waits for each reply. Only then does the customer get one.'),
    notes: down
      ? [
          ['Customer', 'Waits until the last call gives up, and reads of an error.'],
          ['Order', 'Two of three know of it. Somebody has to try again, or undo it.'],
        ]
      : [
          ['Gives', 'When the reply comes, all three have done their part.'],
          ['Costs', 'The customer waits for four services, one after the other.'],
        ],
  };
}

/** After saving, the order service announces the order once; the topic tells each dependent. */
function tell(down: boolean): Story {
  const told = dependents.map(({ name, takes }, i) => {
    const from = down && name === fails ? fault.until : saved + 2 + i;
    return { who: name, from, until: from + takes };
  });
  return {
    style: 'event-driven',
    title: 'Tell and go on',
    lanes: [customer, orders, topic, ...names],
    messages: [
      { from: customer, to: orders, at: 0 },
      { from: orders, to: topic, at: saved },
      { from: orders, to: customer, at: saved + 1 },
      ...told.map(({ who, from }) => ({ from: topic, to: who, at: from })),
    ],
    works: [{ who: orders, from: 0, until: saved + 1 }, ...told],
    waits: [{ who: customer, from: 0, until: saved + 1 }],
    holds: [{ who: topic, from: saved, until: told.at(-1)!.from }],
    downs: down ? [fault] : [],
    reply: 'reply',
    words:
      'The customer orders. The order service saves it, sends one message to a topic, and replies ' +
      'at once. ' +
      (down
        ? 'The topic tells the warehouse and fraud detection. Analytics is down: the topic holds ' +
          'its message and delivers it when analytics is back.'
        : 'The topic then tells the warehouse, fraud detection and analytics, which work at the ' +
          'same time.'),
    notes: down
      ? [
          ['Customer', 'Notices nothing.'],
          ['Order', 'Analytics hears of it late. Until then its numbers are wrong.'],
        ]
      : [
          ['Gives', 'The customer waits for one service. A new listener changes no code in it.'],
          ['Costs', 'When the reply comes, the others may not have heard yet.'],
        ],
  };
}

/** One order that three others must hear of, told in both styles, each without and with a fault. */
export const stories: readonly { calm: Story; fault: Story }[] = [ask, tell].map((told) => ({
  calm: told(false),
  fault: told(true),
}));
