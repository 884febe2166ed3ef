import { nameOf } from '../flow/steps.ts';
import { count, hopInWords, milliseconds } from '../flow/words.ts';
import type { Architecture } from '../flow/types.ts';
import type { Finding, Measurement } from '../grade/results.ts';
import type { Order } from './count.ts';
import { longest, mostMessages } from './limits.ts';
import type { StormResult } from './run-storm.ts';
import type { Storm } from './storm.ts';

/** What a check says of a storm that did not leave each order accepted and its effect there once. */
export function stormFinding(
  result: StormResult,
  storm: Pick<Storm, 'effect' | 'publisher' | 'worker'>,
  architecture: Architecture,
): Finding | undefined {
  const { plan, placed, accepted, lost, twice, refused, excess } = result;
  if (excess) return endless(result, storm, architecture);
  if (accepted === plan.orders && lost.length === 0 && twice.length === 0) return undefined;
  const { done } = storm.effect;
  const often = (a: number, b: number, c: number): string =>
    `${count(a)} accepted, ${count(b)} lost, ${count(c)} ${done} twice`;
  const fewer = placed < plan.orders ? ` (of ${count(placed)} placed)` : '';
  const [gone, again, away] = [lost[0], twice[0], refused[0]];
  // A loss before a repetition: it can’t be repaired.
  const first = gone
    ? `${named(gone)} is lost${lastSeen(gone, result, storm, architecture)}`
    : again
      ? `${named(again)} is ${done} more than once`
      : away && `${named(away)} was not accepted: ${away.reply}`;
  return {
    headline: stormInWords(plan),
    expected: often(plan.orders, 0, 0),
    observed: `${often(accepted, lost.length, twice.length)}${fewer}`,
    divergence: first,
  };
}

/** What is said of a storm that did not come to its end: what it lost by then says nothing. */
function endless(
  { plan, placed, accepted, messages, seconds, excess }: StormResult,
  { publisher }: Pick<Storm, 'publisher'>,
  architecture: Architecture,
): Finding {
  const name = nameOf(architecture, publisher);
  const isLoud = excess === 'messages';
  return {
    headline: `${stormInWords(plan)}: it did not come to its end`,
    expected: isLoud
      ? `${name} announces an order once, and once more after a kill: ${count(mostMessages * plan.orders)} messages at the most`
      : `it is over within ${longest / 1_000} s, and mostly within ten`,
    observed: `${count(messages)} messages for ${count(placed)} orders, ${count(accepted)} of them accepted, when it was ended after ${Math.round(seconds)} s`,
    ...(isLoud && {
      divergence:
        'an order is announced again although it is under way, or while there is no connection',
    }),
  };
}

const stormInWords = ({ orders, kills }: StormResult['plan']): string =>
  `${count(orders)} orders, and the bus is killed ${times(kills.length)} meanwhile`;

/** The last hop of an order between those who had to do with it, and how long it was before a kill. */
function lastSeen(
  { run }: Order,
  { killedAt }: StormResult,
  { publisher, worker }: Pick<Storm, 'publisher' | 'worker'>,
  architecture: Architecture,
): string {
  const theirs = new Set([publisher, worker]);
  const last = run.hops.findLast(({ from, to }) => theirs.has(from) || theirs.has(to));
  if (!last) return '';
  const kill = killedAt.find((at) => at >= last.at);
  const then =
    kill === undefined ? '' : `; ${milliseconds(kill - last.at)} later the bus was killed`;
  return `, last seen: ${hopInWords(architecture, last)}${then}`;
}

const times = (n: number): string => (n === 1 ? 'once' : `${count(n)} times`);

const named = ({ n, run }: Order): string => `order ${count(n)}, ${run.id},`;

/** A storm as a table of one row, to be shown beside the verdict. */
export function stormTable(result: StormResult, broker: string): Measurement {
  const { plan, accepted, lost, twice, messages, seconds, excess } = result;
  return {
    title: `${count(plan.orders)} orders, ${plan.kills.length} kills of the bus`,
    columns: ['accepted', 'lost', 'twice', 'messages published', 'seconds'],
    rows: [
      {
        name: broker,
        values: [
          accepted,
          excess ? 'unknown' : lost.length,
          twice.length,
          messages,
          seconds.toFixed(1),
        ],
      },
    ],
  };
}

/** `aedes  seed 1f2e3d4c  1,000 accepted  0 lost  0 twice  6.2 s` */
export function stormLine(
  { accepted, lost, twice, messages, seconds, excess }: StormResult,
  { broker, seed }: { broker: string; seed: string },
): string {
  const figures = [
    `${count(accepted)} accepted`,
    excess ? `ended at ${count(messages)} messages` : `${count(lost.length)} lost`,
    `${count(twice.length)} twice`,
  ];
  return [broker.padEnd(9), `seed ${seed.padEnd(8)}`, ...figures, `${seconds.toFixed(1)} s`].join(
    '  ',
  );
}
