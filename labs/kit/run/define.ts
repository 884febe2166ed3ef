import type { Architecture, Flow } from '../flow/types.ts';
import type { Network } from './network.ts';
import type { Claim, Feed, Listing, Reads } from '../wire/witness.ts';

/** A component that runs as a Hono app: the learner's own, in its own process, or provided. */
export interface AppComponent {
  component: string;
  /** File name, below `src/` if the learner edits it, else below `provided/`. */
  file: string;
  learner: boolean;
  /** How many of it run; default 1. */
  instances?: number;
  env?: Record<string, string>;
}

/** The reply that a user got. `body` is parsed if it is JSON. */
export interface Reply {
  status: number;
  type: string;
  body: unknown;
}

/** What a user does: one HTTP request to the entrance of the architecture, or to another component. */
export interface Action {
  id: string;
  title: string;
  flow: string;
  /** The component that is called, where it is not the lab's entrance. */
  entrance?: string;
  /** Who does it, where it is not the user: an operator, for one. */
  actor?: string;
  /**
   * The flow that a run follows now, where clients of the bus come and go: the id of one of the lab's
   * flows or parts. `listening` are those that have subscribed, as the taps saw it.
   */
  flowNow?: (listening: ReadonlySet<string>) => string;
  /** Builds the request from an id and what else the action needs. */
  request: (params: ActionParams) => { method: string; path: string; body?: unknown };
  /** The id in a request that somebody sent by hand; undefined if it is another action's. */
  recognise: (request: string) => string | undefined;
  /**
   * Parameters to show the action with. `last` gives those that an action was shown with before;
   * `value` is what only the database knows.
   */
  example: (
    random: (prefix: string) => string,
    last: (action: string) => ActionParams | undefined,
  ) => { params: ActionParams; value?: string };
}

export interface ActionParams {
  id: string;
  [name: string]: string | number;
}

/** A row that the lab itself writes. */
export interface Row {
  database: string;
  sql: string;
  values: readonly (string | number)[];
}

/** Something that a person can make go wrong at a press, and take back. */
export interface Trouble {
  /** kebab-case: `analytics-down`. */
  id: string;
  /** “Analytics is down” */
  title: string;
  /** Puts it in place on the taps; returns what takes it back. */
  apply: (network: Network) => () => void;
}

/** A lab: the architecture it runs, what runs it, and what the witness may conclude. */
export interface Lab {
  slug: string;
  architecture: Architecture;
  /** Flows that checks judge though no page draws them: parts of the architecture's. */
  parts: readonly Flow[];
  /** Where users come in: the component that they call. */
  entrance: string;
  /** Who users are: sent as a bearer token; the gateway gets it as `API_TOKEN`. */
  token: string;
  apps: readonly AppComponent[];
  /**
   * File names, below `src/`, of what the learner edits besides services: records in YAML. Nothing runs
   * them; checks read them, by `lab.source`.
   */
  records?: readonly string[];
  /**
   * Databases, each with its schema `schema/<service>.sql` and the service that owns it. `anew`: it is
   * emptied when a service's file changes, since other code may keep other things there.
   */
  databases: Record<string, { owner: string; anew?: boolean }>;
  claims: readonly Claim[];
  reads: readonly Reads[];
  /**
   * Whether a second bus stands by: it refuses everybody until the first is dead and it is told to serve.
   * The bus's clients know both addresses, `EVENT_BUS_URL` and `EVENT_BUS_STANDBY_URL`.
   */
  standby?: boolean;
  /** What a person can make go wrong, besides the bus. */
  troubles?: readonly Trouble[];
  /** Edges that are polled. */
  feeds?: readonly Feed[];
  /** Edges on which somebody fetches all that there is, to compare it. */
  listings?: readonly Listing[];
  actions: readonly Action[];
  /** Rows that are there when the lab starts, so that a learner has something to ask for. */
  seed?: readonly Row[];
  /** Requests that warm every edge up, before anything is graded. */
  warmUp: readonly { action: string; params: ActionParams }[];
  /**
   * What a service must have done on the bus before orders flow: consumers subscribe. One that
   * `mayLeave` is not waited for once it has.
   */
  consumers: readonly { component: string; topic: string; mayLeave?: boolean }[];
}

/** The part of a lab's apps that a learner edits. */
export const learnerApps = (lab: Lab): AppComponent[] => lab.apps.filter((a) => a.learner);

/**
 * The action and the id in a request that somebody sent by hand, if it is one of a lab's.
 * @param line method and path
 * @param text path and body
 * @param edge who sent it, and the component that was called
 */
export function recognise(
  { actions, entrance: common }: Lab,
  line: string,
  text: string,
  { from, to }: { from: string; to: string },
): { action: string; id: string } | undefined {
  const request = `${line} ${text.slice(text.indexOf(' ') + 1)}`;
  for (const { id: action, recognise: idIn, entrance = common, actor = 'user' } of actions) {
    if (entrance !== to || actor !== from) continue;
    const id = idIn(request);
    if (id !== undefined) return { action, id };
  }
  return undefined;
}
