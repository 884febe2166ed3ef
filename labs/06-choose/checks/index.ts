import type { Check, Task } from '../../kit/grade/check.ts';
import { Inconclusive, NotAsExpected } from '../../kit/grade/errors.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import { situations, type Situation } from '../cast.ts';
import { tableOf, type OfSituation } from './figures.ts';
import { judgeClaim, otherThan, speaksFor } from './judge.ts';
import { measured } from './measure.ts';
import { readDecision, type Decision } from './record.ts';

const fileOf = ({ id }: Situation): string => `${id}.yaml`;

export const tasks: Task[] = situations.map((situation, i) => ({
  n: i + 1,
  title: `${situation.title}: ${situation.question}`,
  files: [fileOf(situation)],
}));

const read = (t: Tools, situation: Situation): Decision =>
  readDecision(t.lab.source(fileOf(situation)), fileOf(situation));

async function figuresOf(
  t: Tools,
  situation: Situation,
): Promise<{ figures: OfSituation; stood: boolean }> {
  const { of, stood } = await measured(t);
  const figures = of[situation.id];
  t.measure(tableOf(situation, figures));
  return { figures, stood };
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

function checksOf(situation: Situation, i: number): Check[] {
  const { id, title } = situation;
  const [name] = id.split('-');
  const common = { task: i + 1, services: [], hops: [], quick: true };
  const place = `In src/${fileOf(situation)}:`;
  return [
    {
      ...common,
      id: `${name}-is-decided`,
      title: `${title}: the record has a choice, claims of each form, and a reason`,
      points: 5,
      hints: [
        'A decision that others can check has three parts: what was chosen, what it rests on, and why that matters here.',
        `${place} the fields are choice, claims and reason. Each claim is a compare, a count or a bound; each form stands there at least once.`,
        `For example: choice: event-driven, then claims with “- { count: lost, style: event-driven, is: 0 }” and others, then reason: with a sentence or two.`,
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
        `Claim well below what was measured: a factor of 3 where the table shows 30. ${looks[id].gain}`,
      ],
      run: async (t) => {
        const { figures, stood } = await figuresOf(t, situation);
        const { claims } = read(t, situation);
        const judged = claims.map(({ claim, line }) => ({ ...judgeClaim(claim, figures), line }));
        const wrong = judged.find(({ verdict }) => verdict === 'false');
        if (wrong?.timed && stood)
          throw new Inconclusive('this machine stood still each time it was measured: try again');
        if (wrong)
          throw new NotAsExpected({
            headline: `src/${fileOf(situation)}, line ${wrong.line}: the claim is not true`,
            expected: wrong.claimed,
            observed: wrong.found,
          });
        const close = judged.find(({ verdict }) => verdict === 'too close');
        if (close)
          throw new Inconclusive(
            `src/${fileOf(situation)}, line ${close.line}: too close to call: claimed ${close.claimed}; measured ${close.found}. Claim less`,
          );
      },
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
      run: async (t) => {
        const { figures } = await figuresOf(t, situation);
        const { choice, claims } = read(t, situation);
        const spoken = new Set(claims.map(({ claim }) => speaksFor(claim, figures)));
        for (const style of [otherThan(choice), choice])
          if (!spoken.has(style))
            throw new NotAsExpected({
              headline: `src/${fileOf(situation)}: ${style === choice ? 'what the choice gains' : 'what the choice costs'}`,
              expected: `one claim or more in which ${style} has the better figure; the choice is ${choice}`,
              observed: `none of ${claims.length}`,
            });
      },
    },
  ];
}

/** In the order in which they run: situation by situation. */
export const checks: Check[] = situations.flatMap(checksOf);
