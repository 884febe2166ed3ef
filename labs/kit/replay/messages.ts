import type { Trace, TraceHop } from './trace.ts';

/** One arrow of a sequence diagram: a hop, or several that were folded into one. */
export interface Message {
  /** When it left and when it arrived, in milliseconds since the run began; equal if not folded. */
  sent: number;
  arrived: number;
  /** Undefined: a component that is not shown. */
  from: string | undefined;
  to: string | undefined;
  via: TraceHop['via'];
  n?: number;
  text: string;
  inferred?: boolean;
  /** The first that does not fit; or one that had to come and did not. */
  fault?: 'odd' | 'missing';
  /** Index among the trace's hops, of the last one if it is folded. */
  index: number;
}

/** A component that waits for a reply; without `until` it waited in vain. */
export interface Wait {
  component: string;
  since: number;
  until?: number;
}

export interface Selection {
  /** Components to show; hops through others are folded into one arrow. All, if not given. */
  show?: readonly string[] | undefined;
  /** What to call a hop; undefined leaves it out. */
  words?: ((hop: Pick<TraceHop, 'text' | 'via' | 'from' | 'to'>) => string | undefined) | undefined;
}

const isReply = ({ via, text }: TraceHop): boolean => via === 'http' && text.startsWith('reply ');

/** The arrows of a trace in the order in which they arrived. */
export function messagesOf(trace: Trace, { show, words }: Selection = {}): Message[] {
  const isShown = (id: string): boolean => !show || show.includes(id);
  const done: Message[] = [];
  // Ways through components that are not shown, by where they have got to.
  let open: (Message & { reached: string; isReply: boolean })[] = [];
  for (const [index, hop] of trace.hops.entries()) {
    if (trace.verdict?.missing && trace.verdict.index === index)
      done.push(...missing(trace, hop.at, isShown));
    const before = open.find(
      (o) => o.reached === hop.from && o.via === hop.via && o.isReply === isReply(hop),
    );
    open = open.filter((o) => o !== before);
    const asked = open.find((o) => o.from === hop.to && o.reached === hop.from && isReply(hop));
    if (asked && asked.from !== trace.hops[0]?.from) {
      // Somebody shown has asked somebody who is not, on the way to the own answer: left out.
      open = open.filter((o) => o !== asked);
      continue;
    }
    const one = before ? { ...before, arrived: hop.at, index } : messageOf(hop, index);
    // Legs of one numbered hop keep its number; hops that are folded have none in common.
    if (before && before.n !== hop.n) delete one.n;
    if (!before && !isShown(hop.from)) one.from = undefined;
    if (isOdd(trace, index)) one.fault = 'odd';
    one.to = isShown(hop.to) ? hop.to : undefined;
    if (one.to !== undefined) {
      done.push(one);
    } else if (hop.via === 'store') {
      // A database that is not shown: the service's own step.
      if (isShown(hop.from)) done.push({ ...one, to: hop.from });
    } else open.push({ ...one, reached: hop.to, isReply: isReply(hop) });
  }
  // What left in sight and never arrived there.
  const stuck = open.filter(({ from }) => from !== undefined);
  const last = trace.hops.at(-1)?.at ?? 0;
  if (trace.verdict?.missing && trace.verdict.index === trace.hops.length)
    done.push(...missing(trace, last, isShown));
  return [...done, ...stuck]
    .flatMap(({ sent, arrived, from, to, via, n, text, inferred, fault, index }) => {
      const hop = trace.hops[index];
      const said = words && fault !== 'missing' && hop ? words({ ...hop, text }) : text;
      if (said === undefined) return [];
      const more = { ...(n !== undefined && { n }), ...(inferred && { inferred }) };
      return [
        { sent, arrived, from, to, via, ...more, text: said, index, ...(fault && { fault }) },
      ];
    })
    .toSorted((a, b) => a.arrived - b.arrived);
}

const isOdd = ({ verdict }: Trace, index: number): boolean =>
  verdict !== undefined && verdict.verdict !== 'passed' && verdict.index === index;

function messageOf({ at, from, to, via, n, text, inferred }: TraceHop, index: number): Message {
  const more = { ...(n !== undefined && { n }), ...(inferred && { inferred }) };
  return { sent: at, arrived: at, from, to, via, ...more, text, index };
}

/** The hop that did not come, drawn where it was expected. */
function missing({ verdict }: Trace, at: number, isShown: (id: string) => boolean): Message[] {
  const hop = verdict?.missing;
  if (!hop || !isShown(hop.from)) return [];
  const { from, via, n, text } = hop;
  const to = isShown(hop.to) ? hop.to : via === 'store' ? from : undefined;
  const number = n === undefined ? {} : { n };
  const where = { sent: at, arrived: at, index: verdict.index };
  return [{ ...where, from, to, via, ...number, text, fault: 'missing' }];
}

/** Who waits for a reply, and how long. */
export function waitsOf({ hops }: Trace): Wait[] {
  const taken = new Set<TraceHop>();
  return hops.flatMap((hop, i) => {
    if (hop.via !== 'http' || isReply(hop)) return [];
    const reply = hops
      .slice(i + 1)
      .find((h) => isReply(h) && h.from === hop.to && h.to === hop.from && !taken.has(h));
    if (reply) taken.add(reply);
    // Who answers somebody else without a reply has given up waiting for it.
    const end = reply ?? hops.slice(i + 1).find((h) => isReply(h) && h.from === hop.from);
    return [{ component: hop.from, since: hop.at, ...(end && { until: end.at }) }];
  });
}
