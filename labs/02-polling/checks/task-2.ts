import type { Check } from '../../kit/grade/check.ts';
import { NotAsExpected } from '../../kit/grade/errors.ts';
import { exchangeOf, newOrder } from './given.ts';
import { placed } from './hears.ts';
import { nextPolls, pollsIn, type Poll } from './polls.ts';

/** A poll in words, without sizes: those differ from run to run. */
function inWords({ ifNoneMatch, status, bytes }: Poll): string {
  const asked = ifNoneMatch === undefined ? 'no If-None-Match' : 'If-None-Match';
  return `${asked}, answered ${status} ${bytes > 0 ? 'with a body' : 'without a body'}`;
}

function mustBeEmpty(poll: Poll, headline: string): void {
  if (poll.ifNoneMatch !== undefined && poll.status === 304 && poll.bytes === 0) return;
  const expected = 'If-None-Match, answered 304 without a body';
  throw new NotAsExpected({ headline, expected, observed: inWords(poll) });
}

function mustHaveAnotherName({ ifNoneMatch }: Poll, news: Poll | undefined): void {
  // Asked before the order was placed: what its reply is called is another question's answer.
  if (!news) return;
  const { etag } = news;
  if (etag !== undefined && etag !== ifNoneMatch) return;
  throw new NotAsExpected({
    headline: 'The ETag of a reply with news',
    expected: 'another ETag than the reply without news had',
    observed: etag === undefined ? 'none' : 'the same one',
  });
}

/** An entity tag: a name in double quotes (RFC 9110, section 8.8.3). */
const entityTag = /^(W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/;

function mustBeQuoted({ etag }: Poll): void {
  if (etag === undefined || entityTag.test(etag)) return;
  throw new NotAsExpected({
    headline: 'The ETag is not one: it has no double quotes',
    expected: 'ETag: "name", with the quotes (RFC 9110, section 8.8.3)',
    observed: 'a name without them',
  });
}

export const task2: Check[] = [
  {
    id: 'nothing-new',
    task: 2,
    services: ['order-service', 'warehouse'],
    title: 'While nothing is new, polls carry If-None-Match and are answered 304, without a body',
    hops: [3],
    points: 8,
    quick: true,
    hints: [
      'An ETag names an answer. Who has that answer sends its name in If-None-Match, and “304 Not Modified” says: what you have is right (RFC 9110, section 13.1.2).',
      'In order-service.ts: set etag on the reply, compare it with the header if-none-match. In warehouse.ts: keep the reply’s etag and send it with the same question.',
      'c.header("etag", etag); if (c.req.header("if-none-match") === etag) return c.body(null, 304); and fetch(url, { headers: { "if-none-match": etag } }).',
    ],
    async run(t) {
      await placed(t, newOrder(t));
      // The first poll after news asks a new question: there is no ETag for it yet.
      const polls = await nextPolls(t, 3);
      for (const poll of polls) mustBeQuoted(poll);
      for (const poll of polls.slice(1)) mustBeEmpty(poll, 'A poll that finds nothing new');
    },
  },
  {
    id: 'news-after-304',
    task: 2,
    services: ['order-service', 'warehouse'],
    title: 'After 304s a new order still comes with the next poll, under another ETag',
    hops: [3, 4],
    points: 6,
    quick: true,
    hints: [
      'An ETag must change when the answer changes, and only then.',
      'In order-service.ts: make it from what decides the answer. In warehouse.ts: a 304 leaves the cursor where it is.',
      'const etag = `"${cursor}-${next}"`: the question, and the last order in the answer.',
    ],
    async run(t) {
      const [, empty] = await nextPolls(t, 2);
      mustBeEmpty(empty!, 'A poll that finds nothing new');
      const since = t.lab.journal.lines.length;
      const { run } = await placed(t, newOrder(t));
      const polls = pollsIn(t.lab.journal.lines.slice(since));
      const news = polls.find(({ exchange }) => exchange === exchangeOf(run));
      // The same question, and another answer: its name can't be the same.
      mustHaveAnotherName(empty!, news);
    },
  },
  {
    id: 'etag-survives-restart',
    task: 2,
    services: ['order-service', 'warehouse'],
    title: 'After a restart of the order service the same answer has the same ETag: still 304',
    hops: [3],
    points: 6,
    quick: false,
    hints: [
      'The same answer must have the same name, whoever gives it and whenever: also after a restart, also from another instance.',
      'In order-service.ts: the ETag must not be made from the time, a random value or a counter in memory.',
      'Make it from the cursor and the number of the last order in the reply.',
    ],
    async run(t) {
      const before = await nextPolls(t, 2);
      mustBeEmpty(before.at(-1)!, 'A poll that finds nothing new');
      await t.lab.kill('order-service');
      // It may be asked before the lab knows that it is back.
      const since = t.lab.journal.lines.length;
      await t.lab.restart('order-service');
      const [first] = await nextPolls(t, 1, { since });
      mustBeEmpty(first!, 'The first poll after the order service has restarted');
    },
  },
];
