import type { Verdict } from '../flow/types.ts';

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
  via: 'http' | 'mqtt' | 'store';
  /** What crossed, in words: `GET /products/p-lamp`, `reply 200`, `PUBLISH, QoS 1`. */
  text: string;
  /** Concluded from a message, not seen on a wire. */
  inferred?: boolean;
  /** Which of several instances took part, from 1. */
  instance?: number;
}

/** What was said of a run, in a learner's words. */
export interface TraceVerdict {
  verdict: Verdict['verdict'];
  headline: string;
  expected: string;
  observed: string;
  /** Index in the trace's hops of the first that does not fit; their number if one is missing. */
  index: number;
  /** The hop of the flow that the divergence is about: the one missing, repeated, late, … */
  about?: { from: string; to: string; n?: number };
}

/** One run (one thing that a user or a check did), ready to be shown. JSON. */
export interface Trace {
  /** The run's key in its journal: `r12`. */
  run: string;
  /** `Read a product` */
  title: string;
  /** The flow's id. */
  flow: string;
  /** The check that did it, if none of the user's own. */
  check?: string;
  /** When the run began, in milliseconds on the journal's clock. */
  startAt: number;
  hops: readonly TraceHop[];
  /** What is no hop but explains them, between the run's begin and its end: a bus killed, a crash. */
  notes: readonly { at: number; component: string; text: string }[];
  verdict?: TraceVerdict;
}
