import type { Verdict, Via } from '../flow/types.ts';

/** One hop of a run as a page shows it: everything that needs the flow or the names is worked out. */
export interface TraceHop {
  /** Milliseconds since the run began. */
  at: number;
  from: string;
  to: string;
  /** The diagram's edge that it crossed: its `data-edge`; absent if no flow of the lab uses it. */
  edge?: string;
  /** The number that the course gives it, in this run's flow. */
  n?: number;
  via: Via;
  /** What crossed, in words: `GET /products/p-lamp`, `reply 200`, `PUBLISH, QoS 1`. */
  text: string;
  /** Concluded from a message, not seen on a wire. */
  inferred?: boolean;
  /** Which of several instances took part, from 1; over which of two buses it went, `text` says too. */
  instance?: number;
}

/** What is no hop but explains hops: a bus killed, a crash. */
export interface TraceNote {
  /** Milliseconds since the run began. */
  at: number;
  component: string;
  /** What happened, with what is known of it: `connack (session present: true)`. */
  text: string;
  /** The journal's own word for it: `killed`, `crashed`, `started`, `connack`. */
  what?: string;
}

/** A hop that did not come: a `TraceHop` without its time. */
export type MissingHop = Omit<TraceHop, 'at' | 'inferred' | 'instance'>;

/** What was said of a run, in a learner's words. */
export interface TraceVerdict {
  verdict: Verdict['verdict'];
  headline: string;
  expected: string;
  observed: string;
  /** Index in the trace's hops of the first that does not fit; their number if one is missing. */
  index: number;
  /** The hop that had to come before the one at `index`, or after the last. */
  missing?: MissingHop;
}

/** One run (one thing that a user or a check did), ready to be shown. JSON. */
export interface Trace {
  /** The run's key in its journal: `r12`. */
  run: string;
  /** `Read a product` */
  title: string;
  /** The flow's id; empty if what happened is part of no flow of the lab. */
  flow: string;
  /** The check that did it, if none of the user's own. */
  check?: string;
  /** One of the requests with which the lab warmed itself up. */
  warmUp?: true;
  /** When the run began, in milliseconds on the journal's clock. */
  startAt: number;
  hops: readonly TraceHop[];
  /** What happened besides, between the run's begin and the next one's, or its check's end. */
  notes: readonly TraceNote[];
  /** Components that did not run when it began. */
  down?: readonly string[];
  verdict?: TraceVerdict;
}

/** What notes say when a component has stopped, and when it is there again. */
export const stops: ReadonlySet<string> = new Set(['killed', 'crashed']);
export const starts: ReadonlySet<string> = new Set(['started', 'connect']);
