import { edgeOf, edges, nameOf } from '../flow/steps.ts';
import type { Architecture, Flow, Hop, SeenHop } from '../flow/types.ts';
import { inFlow, instanceInWords, kindInWords } from '../flow/words.ts';
import type { NoteLine } from '../wire/journal.ts';
import type { MissingHop, TraceHop, TraceNote } from './trace.ts';

/** A journal's hop line as a page or a terminal shows it; `flow` is the run's own, if it is known. */
export function traceHop(
  architecture: Architecture,
  flow: Flow | undefined,
  line: SeenHop,
  startAt: number,
): TraceHop {
  const { from, to, via, inferred, instance } = line;
  return {
    at: Math.round((line.at - startAt) * 1000) / 1000,
    from,
    to,
    ...place(architecture, line, flow && inFlow(flow, line)),
    via,
    text: textOf(line),
    ...(inferred && { inferred }),
    ...(instance !== undefined && { instance }),
  };
}

/** A hop of a flow that did not come, told as the others are. */
export function missingHop(architecture: Architecture, hop: Hop): MissingHop {
  const { from, to, via, label } = hop;
  return { from, to, ...place(architecture, hop, hop), via, text: label };
}

/** A journal's note as a page shows it. */
export function traceNote(line: NoteLine, startAt: number): TraceNote {
  const { component, what, detail, instance } = line;
  const at = Math.round((line.at - startAt) * 1000) / 1000;
  const more = [detail, instance === 2 ? 'the standby' : ''].filter(Boolean).join(', ');
  return { at, component, text: more ? `${what} (${more})` : what, what };
}

/** A note in a line of its own: `Service C: killed`. */
export const noteInWords = (architecture: Architecture, { component, text }: TraceNote): string =>
  `${nameOf(architecture, component)}: ${text}`;

function place(
  architecture: Architecture,
  hop: Hop | SeenHop,
  known: Hop | undefined,
): { edge?: string; n?: number } {
  const edge = edgeOf(edges(architecture), hop);
  return { ...(edge && { edge: edge.id }), ...(known?.n !== undefined && { n: known.n }) };
}

/** `GET /products/p-lamp`, `PUBLISH, orders/placed/v1, QoS 1`, `write, 1 row when PUBACK crossed`. */
function textOf(hop: SeenHop): string {
  const { via, kind, detail } = hop;
  const words = kindInWords(via, kind);
  // A request's detail begins with its method already, a reply's with its status.
  if (via === 'http') return detail ?? words;
  const told = detail === undefined ? words : `${words}, ${detail}`;
  return via === 'mqtt' ? `${told}${instanceInWords(hop)}` : told;
}
