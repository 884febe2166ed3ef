import type { Divergence, Flow, Hop, SeenHop } from '../types.ts';
import { advance, awaited, letter, start, type State } from './oracle.ts';

/** A legal journal, and when watching it ended. */
export interface Legal {
  journal: SeenHop[];
  startAt: number;
  endAt: number;
}

const seen = ({ via, kind, from, to }: Hop | SeenHop, at: number): SeenHop => ({
  via,
  kind,
  from,
  to,
  at,
});

/**
 * A legal journal: at each point one of the hops that may come, allowed repeats too, as `dice`
 * (numbers from 0) say. Times grow by at most 3 ms, so that every limit of a flow is kept.
 */
export function legalJournal(flow: Flow, dice: readonly number[], startAt = 0): Legal {
  const journal: SeenHop[] = [];
  let at = startAt;
  let repeats = 0;
  let state: State | undefined = start(flow, startAt);
  for (let turn = 0; state; turn += 1) {
    const roll = dice[turn % dice.length] ?? 0;
    const again = repeats < 3 && roll % 4 === 3 ? journal.filter(mayRepeat(state)) : [];
    repeats += again.length > 0 ? 1 : 0;
    const next: (Hop | SeenHop)[] = again.length > 0 ? again : awaited(state).map(({ hop }) => hop);
    if (next.length === 0) break;
    at += 1 + (roll % 3);
    const hop = seen(next[(roll >> 2) % next.length]!, at);
    journal.push(hop);
    state = advance(state, hop)[0];
  }
  return { journal, startAt, endAt: at + 2 * (flow.deadline + flow.quiet) };
}

const mayRepeat = (state: State) => (hop: SeenHop) => state.repeatable.includes(letter(hop));

/** A journal with one fault, which may yet be legal: branches interleave, repeats repeat. */
export interface Mutant {
  fault: Divergence;
  journal: SeenHop[];
}

/** Every single fault of a legal journal. Times stay where they are; only `late` moves them. */
export function mutantsOf(flow: Flow, { journal }: Legal): Mutant[] {
  const all: Mutant[] = [];
  const times = journal.map(({ at }) => at);
  const add = (fault: Divergence, hops: readonly SeenHop[], added?: number) => {
    const at =
      added === undefined ? times : times.toSpliced(added, 0, times[added - 1] ?? times[0]!);
    const kept = hops.length < times.length ? hops.map((h) => h.at) : at;
    all.push({ fault, journal: hops.map((hop, i) => ({ ...hop, at: kept[i]! })) });
  };
  journal.forEach((hop, i) => {
    add('missing', journal.toSpliced(i, 1));
    add('misrouted', journal.with(i, { ...hop, to: 'elsewhere' }));
    add('misrouted', journal.with(i, { ...hop, from: 'elsewhere' }));
    for (const to of new Set(journal.map((h) => h.to))) {
      if (to !== hop.to && to !== hop.from) add('misrouted', journal.with(i, { ...hop, to }));
    }
    add('wrong kind', journal.with(i, { ...hop, kind: '500' }));
    for (const more of [71, flow.deadline + 1]) {
      const moved = journal.map((h, j) => (j < i ? h : { ...h, at: h.at + more }));
      all.push({ fault: 'late', journal: moved });
    }
    journal.forEach((_, j) => {
      const others = journal.toSpliced(i, 1);
      if (j !== i) add('out of order', others.toSpliced(j, 0, hop));
      if (j >= i) add('repeated', journal.toSpliced(j + 1, 0, hop), j + 1);
    });
  });
  for (let i = 0; i <= journal.length; i += 1) {
    const stray = seen({ via: 'http', kind: 'get', from: 'nobody', to: 'nowhere', at: 0 }, 0);
    add('extra', journal.toSpliced(i, 0, stray), i);
  }
  return all;
}
