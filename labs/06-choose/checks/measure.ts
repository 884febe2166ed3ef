import { monitorEventLoopDelay } from 'node:perf_hooks';
import { LabFailed } from '../../kit/grade/errors.ts';
import { judgeRun } from '../../kit/grade/expect.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import type { RunningLab } from '../../kit/run/running-lab.ts';
import { situations, styles, type Situation, type Style } from '../cast.ts';
import { percentile, slowBy, type Figures, type Measured, type Time } from './figures.ts';
import {
  acknowledged,
  addresses,
  ask,
  changePrice,
  lateness,
  messages,
  shown,
  timesDone,
  type Asked,
} from './orders.ts';

/** How many requests of each style: while all is well, with latency, during an outage, asked twice. */
const rounds = { well: 20, slow: 6, down: 5, twice: 3 };
/** A price changes once in so many rounds. */
const everyChange = 4;

/** What the product costs from a round on. */
const priceOf = (n: number): number => 1_000 + n;

/** A machine that stood still for longer has measured itself. */
const stall = 100;

const kept = new WeakMap<RunningLab, Promise<Measured>>();

/**
 * What both styles do in all four situations: measured once in a running lab, whatever record is
 * judged by it. One clock, the same load, the same faults, the styles in turn.
 * @param again measures anew, and keeps that
 */
export function measured(t: Tools, again = false): Promise<Measured> {
  const { lab } = t;
  const known = kept.get(lab);
  if (known && !again) return known;
  const measuring = watched(t);
  kept.set(lab, measuring);
  // What could not be measured is measured when somebody asks again.
  measuring.catch(() => kept.delete(lab));
  return measuring;
}

async function watched(t: Tools): Promise<Measured> {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  try {
    const of = await measure(t);
    return { of, stood: delay.max / 1e6 >= stall };
  } finally {
    delay.disable();
  }
}

type Of<T> = Record<Situation['id'], Record<Style, T>>;

const each = <T>(make: (situation: Situation, style: Style) => T): Of<T> =>
  Object.fromEntries(
    situations.map((situation) => [
      situation.id,
      Object.fromEntries(styles.map((style) => [style, make(situation, style)])),
    ]),
  ) as Of<T>;

/** Measures all, whether it was measured before or not. */
export async function measure(t: Tools): Promise<Measured['of']> {
  await followTheirFlows(t);
  const well = await whileWell(t);
  const slow = await whileSlow(t);
  const down = await whileDown(t);
  const twice = await askedTwice(t);
  return each((situation, style): Figures => {
    const of = <T>(all: Of<T>): T => all[situation.id][style];
    return {
      well: {
        ...of(well),
        ...of(down),
        duplicates: of(twice),
        addresses: addresses(t, situation, style),
      },
      slow: of(slow),
    };
  });
}

/** What is measured is what is drawn: each action follows its flow once before it counts. */
async function followTheirFlows(t: Tools): Promise<void> {
  const { actions, architecture } = t.lab.lab;
  for (const { id, flow } of actions) {
    const acted = await t.act(id, { id: t.lab.random('f') });
    const { verdict, finding } = await judgeRun(
      acted,
      architecture.flows.find((f) => f.id === flow)!,
    );
    if (verdict.verdict !== 'passed')
      throw new LabFailed(`${id} does not follow its flow: ${finding.headline}`);
  }
}

/** What one style was asked, and how late its work was; changes of a price beside it. */
class Sample {
  readonly asked: Asked[] = [];
  readonly changes: Asked[] = [];
  /** Lookups that were shown another price than the one that was true when they began. */
  readonly late: number[] = [];

  times(): Record<Time, number> {
    const latencies = this.asked.map(({ latency }) => latency);
    return {
      'latency p50': percentile(latencies, 0.5),
      'latency p99': percentile(latencies, 0.99),
      staleness: percentile(this.late, 0.5),
    };
  }
}

/** One round of a situation: both styles, in turn; before it the price may change. */
async function round(t: Tools, situation: Situation, n: number, of: Of<Sample>): Promise<void> {
  const isLookup = situation.dependent === 'prices';
  const changes = isLookup && n % everyChange === 0;
  if (changes)
    of[situation.id]['event-driven'].changes.push(await changePrice(t, situation, priceOf(n)));
  for (const style of styles) {
    const sample = of[situation.id][style];
    const asked = await ask(t, situation, style, t.lab.random(`m${situation.prefix}`));
    if (!asked.accepted) throw new LabFailed(`${asked.acted.run.action} was refused: all was well`);
    sample.asked.push(asked);
    // A call shows what is true now; a copy is as old as its last piece of news, which is seen below.
    if (style === 'event-driven') continue;
    if (changes && shown(asked) !== priceOf(n)) throw new LabFailed('a call showed an old price');
    sample.late.push(0);
  }
}

/** Waits until all events have arrived; a sample's lateness is then known. */
async function arrived(t: Tools, of: Of<Sample>): Promise<void> {
  for (const situation of situations)
    for (const style of styles) {
      const { asked, changes, late } = of[situation.id][style];
      const awaited = situation.dependent === 'prices' ? changes : asked;
      if (style === 'request-response') continue;
      late.length = 0;
      for (const one of awaited) {
        const ms = await lateness(t, one);
        if (ms === undefined) throw new LabFailed(`${one.acted.run.action} was never done`);
        late.push(ms);
      }
    }
}

async function whileWell(t: Tools): Promise<Of<Record<Time | 'messages an order', number>>> {
  const of = each(() => new Sample());
  for (let n = 0; n < rounds.well; n += 1)
    for (const situation of situations) await round(t, situation, n, of);
  await arrived(t, of);
  return each(({ id }, style) => {
    const sample = of[id][style];
    const perOrder = percentile(sample.asked.map(messages), 0.5);
    const perChange = percentile(sample.changes.map(messages), 0.5);
    const forChanges = (perChange * sample.changes.length) / sample.asked.length;
    return { ...sample.times(), 'messages an order': perOrder + forChanges };
  });
}

async function whileSlow(t: Tools): Promise<Of<Record<Time, number>>> {
  const of = each(() => new Sample());
  const delay = { kind: 'delay', ms: slowBy } as const;
  for (const { dependent } of situations) {
    const [called] = t.lab.network.edge('shop-calls', dependent);
    called!.faults.inject({ kind: 'latency', ms: slowBy });
    const { rules } = t.lab.network.bus(dependent);
    if (dependent === 'prices') rules.inject({ direction: 'up', kind: 'publish', fault: delay });
    else rules.inject({ direction: 'down', kind: 'deliver', fault: delay });
  }
  const all = situations.map(async (situation) => {
    for (let n = 0; n < rounds.slow; n += 1) await round(t, situation, n, of);
  });
  await Promise.all(all);
  await arrived(t, of);
  t.lab.network.clearFaults();
  return each(({ id }, style) => of[id][style].times());
}

async function whileDown(t: Tools): Promise<Of<{ lost: number; refused: number }>> {
  const of = each((): Asked[] => []);
  for (const { dependent } of situations) {
    const [called] = t.lab.network.edge('shop-calls', dependent);
    called!.faults.inject({ kind: 'reset' });
    const bus = t.lab.network.bus(dependent);
    bus.shut();
    bus.cut();
  }
  for (let n = 0; n < rounds.down; n += 1)
    for (const situation of situations)
      for (const style of styles)
        of[situation.id][style].push(
          await ask(t, situation, style, t.lab.random(`m${situation.prefix}`)),
        );
  // All are back: what waited in a queue is delivered now.
  t.lab.network.clearFaults();
  const lost = each(() => 0);
  for (const { id } of situations)
    for (const style of styles)
      for (const asked of of[id][style].filter(({ accepted }) => accepted))
        if ((await lateness(t, asked)) === undefined) lost[id][style] += 1;
  return each(({ id }, style) => ({
    lost: lost[id][style],
    refused: of[id][style].filter(({ accepted }) => !accepted).length,
  }));
}

/** The work is done and its answer is lost, so it is asked for again; events are delivered twice. */
async function askedTwice(t: Tools): Promise<Of<number>> {
  const duplicates = each(() => 0);
  for (const situation of situations)
    for (const style of styles) {
      const since = t.lab.journal.lines.length;
      const all: Asked[] = [];
      for (let n = 0; n < rounds.twice; n += 1) all.push(await once(t, situation, style, n));
      if (style === 'event-driven') await acknowledged(t, all[0]!, { since, n: 2 * rounds.twice });
      duplicates[situation.id][style] = all
        .map((asked) => timesDone(t, asked) - 1)
        .reduce((sum, n) => sum + Math.max(0, n), 0);
      t.lab.network.clearFaults();
    }
  return duplicates;
}

/** One request whose answer is lost, or whose event comes twice. */
async function once(t: Tools, situation: Situation, style: Style, n: number): Promise<Asked> {
  const { network } = t.lab;
  if (style === 'request-response') {
    const [called] = network.edge('shop-calls', situation.dependent);
    called!.faults.inject({ kind: 'reset-after' }, { first: 1 });
    return ask(t, situation, style, t.lab.random(`m${situation.prefix}`));
  }
  const isLookup = situation.dependent === 'prices';
  const fault = { kind: 'repeat' } as const;
  network
    .bus(isLookup ? 'shop-events' : situation.dependent)
    .rules.inject({ direction: 'down', kind: 'deliver', first: 1, fault });
  if (isLookup) return changePrice(t, situation, priceOf(n));
  return ask(t, situation, style, t.lab.random(`m${situation.prefix}`));
}
