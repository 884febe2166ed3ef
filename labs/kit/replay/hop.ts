import { edgeOf, edges } from '../flow/steps.ts';
import type { Architecture, Flow } from '../flow/types.ts';
import { inFlow, kindInWords } from '../flow/words.ts';
import type { HopLine, NoteLine } from '../wire/journal.ts';
import type { Trace, TraceHop } from './trace.ts';

/** Turns the journal's lines of one architecture into what is shown of them. */
export function tracing(architecture: Architecture): {
  hop: (line: HopLine, startAt: number, flow?: Flow) => TraceHop;
  note: (line: NoteLine, startAt?: number) => Trace['notes'][number];
} {
  const all = edges(architecture);
  return {
    hop(line, startAt, flow) {
      const { from, to, via, kind, inferred, instance } = line;
      const edge = edgeOf(all, line)?.id;
      const n = flow && inFlow(flow, line)?.n;
      return {
        at: since(line.at, startAt),
        from,
        to,
        ...(edge !== undefined && { edge }),
        ...(n !== undefined && { n }),
        via,
        text: inWords(via, kind, line.detail),
        ...(inferred && { inferred }),
        ...(instance !== undefined && { instance }),
      };
    },
    note: ({ at, component, what, detail }, startAt = 0) => ({
      at: since(at, startAt),
      component,
      text: detail ? `${what} (${detail})` : what,
    }),
  };
}

/** `GET /products/p-lamp`; for a packet or a look the kind stands before what was found. */
function inWords(via: TraceHop['via'], kind: string, detail?: string): string {
  const words = kindInWords(via, kind);
  if (detail === undefined || detail === words) return words;
  return via === 'http' ? detail : `${words}, ${detail}`;
}

const since = (at: number, startAt: number): number => Math.round((at - startAt) * 1000) / 1000;
