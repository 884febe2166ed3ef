import { nameOf } from '../flow/steps.ts';
import type { Architecture } from '../flow/types.ts';
import { instanceInWords } from '../flow/words.ts';
import type { Trace } from './trace.ts';

/** One row of a trace in words. */
export interface TraceRow {
  /** `12.3 ms` since the run began; empty for what did not come. */
  time: string;
  /** The hop's number in the course. */
  n?: number;
  from: string;
  to: string;
  text: string;
  /** What is wrong with it. */
  mark?: 'the first that does not fit' | 'missing';
}

/** A trace as a table: a row a hop, and one for a hop that is missing, where it was expected. */
export function traceRows(architecture: Architecture, { hops, verdict }: Trace): TraceRow[] {
  const rows = hops.map((hop, i): TraceRow => {
    const { at, from, to, n, via, text, inferred } = hop;
    const instance = via === 'mqtt' ? '' : instanceInWords(hop);
    const more = `${instance}${inferred ? ', inferred' : ''}`;
    const isOdd = verdict && verdict.verdict !== 'passed' && verdict.index === i;
    return {
      time: timeInWords(at),
      ...(n !== undefined && { n }),
      from: nameOf(architecture, from),
      to: nameOf(architecture, to),
      text: `${text}${more}`,
      ...(isOdd && { mark: 'the first that does not fit' }),
    };
  });
  const missing = verdict?.missing;
  if (!missing) return rows;
  const { from, to, n, text } = missing;
  return rows.toSpliced(verdict.index, 0, {
    time: '',
    ...(n !== undefined && { n }),
    from: nameOf(architecture, from),
    to: nameOf(architecture, to),
    text,
    mark: 'missing',
  });
}

/** `0.7 ms`, `12 ms`, `1.34 s`: as many digits as one compares. */
export function timeInWords(ms: number): string {
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  return ms < 999.5 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;
}
