/**
 * A flow is data: the components of an architecture and the hops between them, in the order in which
 * they may happen. Everything else (machine, verdict, diagram, text, wiring) is made from it.
 */

/** How a hop can be seen: as an HTTP message, as an MQTT packet, or as a change in a database file. */
export type Via = 'http' | 'mqtt' | 'store';

export type ComponentType =
  'client' | 'load_balancer' | 'api_gateway' | 'service' | 'database' | 'cache' | 'message_queue';

/** One box of the architecture. `id` is kebab-case and is what hops refer to. */
export interface Component {
  id: string;
  name: string;
  /** What messages and diagrams call it, where `name` is long: “Service A”. */
  short?: string;
  type: ComponentType;
  role: string;
}

/**
 * One component speaking to the next.
 *
 * `kind` is what the tap on that edge reports: an HTTP method in lower case (`get`) for a request, a
 * status (`200`) for a reply, `publish` / `deliver` / `puback` for MQTT, `read` / `write` / `delete` for a store.
 */
export interface Hop {
  /** Unique in its flow, except that branches of one choice may share a hop. */
  id: string;
  /** The number that the course gives this hop, if any. Legs of one reply share their number. */
  n?: number;
  via: Via;
  kind: string;
  from: string;
  to: string;
  /** What crosses, in plain words: “asks for the product”. */
  label: string;
  /** Milliseconds after the previous step, at the most. */
  within?: number;
  /** At-least-once delivery may show this hop again after it was seen; that is no fault. */
  repeats?: boolean;
}

/** All branches happen, in any interleaving. */
export interface Fork {
  fork: Record<string, Step[]>;
}

/** Exactly one branch happens; its first hop decides which. The key is a name: `cache hit`. */
export interface Choice {
  choice: Record<string, [Hop, ...Step[]]>;
}

export type Step = Hop | Fork | Choice;

/** One scenario through an architecture. `deadline` and `quiet` are milliseconds on an idle machine. */
export interface Flow {
  id: string;
  title: string;
  steps: [Step, ...Step[]];
  /** From the stimulus to the last hop. */
  deadline: number;
  /** How long after the last hop nothing more may come. */
  quiet: number;
}

/** What a chapter shows and its lab runs: components, and one flow for each thing a user does. */
export interface Architecture {
  /** The chapter's slug. */
  id: string;
  title: string;
  components: readonly Component[];
  flows: readonly Flow[];
}

/** One hop as a tap saw it. `at` is milliseconds on the journal's clock. */
export interface SeenHop {
  via: Via;
  kind: string;
  from: string;
  to: string;
  at: number;
  /** Concluded from a message, not seen on a wire (a read leaves nothing there). */
  inferred?: boolean;
  /** Which of several instances of a component took part, from 1; of two buses the standby is 2. */
  instance?: number;
  /** What the tap found worth telling: path, topic, QoS, what a look into the database found. */
  detail?: string;
}

/** How a journal can differ from its flow. */
export type Divergence =
  | 'missing'
  | 'repeated'
  | 'out of order'
  /** The right message on the wrong edge. */
  | 'misrouted'
  /** The right edge, the wrong message: a reply 500 for a 200, a POST for a GET. */
  | 'wrong kind'
  | 'extra'
  | 'late';

/** A time limit, in the flow's own milliseconds: its deadline, or the `within` of the hops named. */
export interface Limit {
  ms: number;
  hops?: readonly string[];
}

/** What a flow's machine says of a journal. */
export interface Verdict {
  verdict: 'passed' | 'late' | 'unexpected' | 'incomplete';
  /** Index in the journal of the first hop that does not fit; its length if the journal ended first. */
  index: number;
  /** The hops that the flow waited for at that point; empty when it was complete. */
  expected: readonly Hop[];
  /** The hop that did not fit, or came too late; absent when nothing came. */
  observed?: SeenHop;
  divergence?: Divergence;
  /** The hop of the flow that the divergence is about: the one missing, repeated, late, … */
  about?: Hop;
  /** The time limit that was crossed. */
  limit?: Limit;
  /** Ids of the flow's hops in the order seen, before the journal left it; allowed repeats not. */
  seen: readonly string[];
}
