import type { Check, Task } from '../../kit/grade/check.ts';
import { Inconclusive, NotAsExpected } from '../../kit/grade/errors.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import { situations, type Situation } from '../cast.ts';
import { tableOf } from './figures.ts';
import { insteadOf, judgeClaim, otherThan, speaksFor } from './judge.ts';
import { measured } from './measure.ts';
import { readDecision, type Decision } from './record.ts';

/** The measures that a situation asks about, as a text names them: “lost” and “duplicates”. */
const asked = ({ asks }: Situation): string => asks.map((measure) => `“${measure}”`).join(' and ');

const fileOf = ({ id }: Situation): string => `${id}.yaml`;

export const tasks: Task[] = situations.map((situation, i) => ({
  n: i + 1,
  title: `${situation.title}: ${situation.question}`,
  files: [fileOf(situation)],
}));

const read = (t: Tools, situation: Situation): Decision =>
  readDecision(t.lab.source(fileOf(situation)), fileOf(situation), situation.asks);

/** A time that does not hold while the machine stood still is measured again, so often at most. */
const attempts = 3;

async function claimsHold(t: Tools, situation: Situation): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const { of, stood } = await measured(t, attempt > 1);
    t.measured.length = 0;
    t.measure(tableOf(situation, of[situation.id]));
    const { claims } = read(t, situation);
    const judged = claims.map(({ claim, line }) => ({
      ...judgeClaim(claim, of[situation.id]),
      instead: insteadOf(claim, of[situation.id]),
      where: `src/${fileOf(situation)}, line ${line}`,
    }));
    const wrong = judged.find(({ verdict }) => verdict === 'false');
    const close = judged.find(({ verdict }) => verdict === 'too close');
    if (stood && (wrong?.timed || (!wrong && close)) && attempt < attempts) continue;
    if (wrong)
      throw new NotAsExpected({
        headline: `${wrong.where}: the claim is not true`,
        expected: wrong.claimed,
        observed: wrong.found,
      });
    if (!close) return;
    throw new Inconclusive(
      `${close.where}: too close to call: claimed ${close.claimed}; measured ${close.found}. ${close.instead}`,
    );
  }
}

async function namesItsPrice(t: Tools, situation: Situation): Promise<void> {
  const { of } = await measured(t);
  const { choice, claims } = read(t, situation);
  const spoken = new Set(claims.map(({ claim }) => speaksFor(claim, of[situation.id])));
  for (const style of [otherThan(choice), choice])
    if (!spoken.has(style))
      throw new NotAsExpected({
        headline: `src/${fileOf(situation)}: ${style === choice ? 'what the choice gains' : 'what the choice costs'}`,
        expected: `one claim or more in which ${style} has the better figure; the choice is ${choice}`,
        observed: `none of ${claims.length}`,
      });
}

/** Hints that fit one situation: what to look at. */
const looks: Record<Situation['id'], { gain: string; cost: string }> = {
  'checkout-authorisation': {
    gain: 'Compare staleness while payments is slow, or what is refused while it is down.',
    cost: 'The latency of a call with payments slow; or, for events, their staleness and messages.',
  },
  'price-lookup': {
    gain: 'Compare the latency of a lookup while prices is slow, or what is refused while it is down.',
    cost: 'A copy is stale for as long as its news is under way: that is a figure for the other style.',
  },
  'audit-trail': {
    gain: 'Count what is lost while audit is down, or what is written down twice.',
    cost: 'Messages an order, staleness and duplicates are against events; latency and lost against calls.',
  },
  'customer-notification': {
    gain: 'Count the mails that are lost while the mailer is down, and those that go out twice.',
    cost: 'Messages an order and staleness are against events; latency and duplicates against calls.',
  },
};

/** A claim about what a situation asks, true or not: the form is what counts. */
const examples: Record<Situation['id'], string> = {
  'checkout-authorisation':
    '{ compare: staleness, lower: request-response, factor: 3, fault: slow by 250 ms }',
  'price-lookup': '{ bound: staleness, style: event-driven, under: 500, fault: slow by 250 ms }',
  'audit-trail': '{ count: duplicates, style: request-response, is: 0 }',
  'customer-notification': '{ count: lost, style: event-driven, is: 0 }',
};

function checksOf(situation: Situation, i: number): Check[] {
  const { id, title } = situation;
  const [name] = id.split('-');
  const common = { task: i + 1, services: [], hops: [], quick: true };
  const place = `In src/${fileOf(situation)}:`;
  return [
    {
      ...common,
      id: `${name}-is-decided`,
      title: `${title}: the record has a choice, claims of each form and about ${asked(situation)}, and a reason`,
      points: 5,
      hints: [
        'A decision that others can check has three parts: what was chosen, what it rests on, and why that matters here.',
        `${place} the fields are choice, claims and reason. Each claim is a compare, a count or a bound; each form stands there at least once. This situation asks about ${asked(situation)}: a claim has to be about ${situation.asks.length > 1 ? 'each' : 'it'}.`,
        `For example: choice: event-driven, then claims with “- ${examples[id]}” and others, then reason: with a sentence or two.`,
      ],
      run: async (t) => void read(t, situation),
    },
    {
      ...common,
      id: `${name}-claims-hold`,
      title: `${title}: each claim is true of what both styles were measured to do`,
      points: 12,
      hints: [
        'A claim is an expectation of a measurement. What you believe of a style may be true in general and false of this situation.',
        `${place} the message names the claim’s line. The table under this check has the figures of both styles.`,
        `Leave room: a factor of 3 where the table shows 30, a limit of 200 ms where it shows 20 ms. ${looks[id].gain}`,
      ],
      run: (t) => claimsHold(t, situation),
    },
    {
      ...common,
      id: `${name}-names-its-price`,
      title: `${title}: the claims say what the choice gains, and what it costs`,
      points: 8,
      hints: [
        'Each style is better at something. Who names only what speaks for a choice has not weighed it.',
        `${place} at least one claim must speak for the style that you did not choose, and one for the style that you did.`,
        `A compare whose “lower” is the other style speaks for that one. ${looks[id].cost}`,
      ],
      run: (t) => namesItsPrice(t, situation),
    },
  ];
}

/** In the order in which they run: situation by situation. */
export const checks: Check[] = situations.flatMap(checksOf);
