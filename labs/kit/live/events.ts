import type { CheckResult } from '../grade/results.ts';
import type { TraceHop, TraceNote, TraceVerdict } from '../replay/trace.ts';

/**
 * Who did a run: a person at a key or button, a check, or a request sent by hand. `background`: nobody;
 * services that poll do so whether somebody does something or not.
 */
export type By = 'user' | 'check' | 'hand' | 'background';

/** A lab that runs, for whoever shows it. */
export interface LabInfo {
  slug: string;
  title: string;
  startedBy: 'terminal' | 'page';
  /** Whether the solution runs, so that one sees what a finished lab does, and not the learner's work. */
  finished: boolean;
  broker: string;
  /** Whether the broker is the lab's own, so that it can be killed. */
  ownBroker: boolean;
  /** The journal's file name below `.runs/<slug>/`. */
  journal: string;
  /** The address that users call, and who they are there. */
  url: string;
  /** Where an action goes that has another address, by the action's id. */
  urls: Readonly<Record<string, string>>;
  token: string;
  /** What runs where: each component's place in the sources, and its address. */
  components: readonly { id: string; file: string; address: string }[];
  readyMs: number;
}

/**
 * What happens in a lab, as it happens: what a terminal prints and a page shows. JSON; every time is
 * in milliseconds since its run began, or since the lab did where it belongs to none.
 */
export type LiveEvent =
  /** What follows, up to `live`, is what a newcomer needs to know of what was before. */
  | { is: 'begin' }
  | { is: 'live' }
  | { is: 'lab'; state: 'starting' }
  | { is: 'lab'; state: 'ready'; info: LabInfo }
  | { is: 'lab'; state: 'ended'; why?: string }
  | { is: 'output'; component: string; stream: 'stdout' | 'stderr'; text: string }
  | { is: 'crash'; component: string; error: string; place?: string }
  | { is: 'saved'; files: readonly string[] }
  | { is: 'gone'; file: string }
  | { is: 'restarted'; component: string; ms: number }
  | { is: 'run'; run: string; by: By; title: string; flow: string; request: string }
  | { is: 'hop'; run?: string; by: By; hop: TraceHop }
  | { is: 'note'; by: By; note: TraceNote }
  | { is: 'reply'; run: string; status?: number; text: string }
  /** `why`: what a person has made go wrong meanwhile; the flow is how it goes without. */
  | { is: 'verdict'; run: string; verdict: TraceVerdict; why?: string }
  /** Whether a bus serves; `standby`: it is the second one, in place of the first. */
  | { is: 'bus'; up: boolean; standby?: true }
  | { is: 'trouble'; id: string; title: string; on: boolean }
  /** What became of a run that something kept from its end. */
  | { is: 'fate'; run: string; fate: 'waits' | 'late' | 'lost'; text: string }
  | { is: 'checking'; checks: readonly string[]; all: boolean }
  | { is: 'result'; result: CheckResult }
  /** The end of a round of checks; `stopped` if something else came before its end. */
  | { is: 'checked'; all: boolean; summary: string; stopped: boolean }
  | { is: 'said'; text: string; error?: true };

/** What a person can ask of a lab that runs. */
export type Command =
  | { do: 'act'; action: string }
  | { do: 'break' | 'mend' }
  /** Lets the bus that stands by serve, in a lab that has one. */
  | { do: 'fail-over' }
  /** Puts a trouble in place, or takes it back. */
  | { do: 'trouble'; trouble: string }
  | { do: 'check'; all: boolean }
  | { do: 'reset' }
  | { do: 'stop' };

/** A lab that runs, in this process or in another. */
export interface LabLink {
  /** Tells what was, then what happens; returns the function that ends it. */
  follow(listener: (event: LiveEvent) => void): () => void;
  do(command: Command): void;
  /** Resolves when the lab has ended. */
  readonly ended: Promise<void>;
}
