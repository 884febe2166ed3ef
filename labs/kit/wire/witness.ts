import type { SeenHop } from '../flow/types.ts';
import type { HopLine, Journal } from './journal.ts';
import type { Looks } from './look.ts';
import type { Run, Runs } from './runs.ts';

/**
 * A claim that a message makes by crossing: what it says is stored must stand in the database then.
 * `sql` counts the rows that belong to a run's id.
 */
export interface Claim {
  /**
   * `via.kind.from.to` of the messages that claim it, in any number. After a space, what one has to
   * begin with: its topic, where an edge carries several.
   */
  when: readonly string[];
  /** `via.kind.from.to` of the message before which nothing may be stored yet. */
  notBefore: string;
  /**
   * `via.kind.from.to` of the message that brings the work, where the claim is made by the next
   * message in `when`, which carries no id: who asks for what comes after 7 says that 1 to 7 are stored.
   */
  after?: string;
  service: string;
  database: string;
  sql: string;
  /** The claim is that a row is there no longer: it was until `notBefore`, and `sql` counts none now. */
  gone?: boolean;
}

/** An HTTP edge whose replies are lists: each may bring news of several runs, and no request names one. */
export interface Feed {
  client: string;
  server: string;
  /** The whole list is sent each time: only the first reply that brings a run's news is a hop of it. */
  firstOnly?: boolean;
}

/** An HTTP edge whose replies list everything there is, for whoever compares: no news of any run. */
export interface Listing {
  client: string;
  server: string;
}

/** A database whose reads are concluded: the run's `value` leaves the service though nothing brought it in. */
export interface Reads {
  service: string;
  database: string;
}

/** What a tap reports of one message. `text` is everything in it that may carry a run's id or value. */
export interface Sighting extends Omit<SeenHop, 'at'> {
  text: string;
  /** The run, where the tap knows it already (a reply belongs to its request's run). */
  run?: Run | undefined;
  facts?: NonNullable<HopLine['facts']>;
}

/** A message as it crossed, for whoever records what is on the wire. An HTTP message's head is written anew. */
export interface Crossed {
  via: 'http' | 'mqtt';
  /** A method or a status; of MQTT the packet's own name: `connect`, `publish`, `puback`. */
  kind: string;
  from: string;
  to: string;
  bytes: Buffer;
}

/** Begins a run for a message that belongs to none: somebody's own request. */
export type Stranger = (sighting: Sighting) => Run | undefined;

/** Turns what the taps see into the journal: whose run it is, what it claims, what it proves. */
export class Witness {
  readonly journal: Journal;
  readonly runs: Runs;
  /** Told of each message, if anybody wants to know its bytes. */
  readonly crossed: ((message: Crossed) => void) | undefined;
  readonly #looks: Looks;
  readonly #claims: readonly Claim[];
  readonly #reads: readonly Reads[];
  readonly #feeds: readonly Feed[];
  readonly #listings: readonly Listing[];
  readonly #stranger: Stranger | undefined;

  constructor(parts: {
    journal: Journal;
    runs: Runs;
    looks: Looks;
    claims: readonly Claim[];
    reads: readonly Reads[];
    feeds?: readonly Feed[] | undefined;
    listings?: readonly Listing[] | undefined;
    stranger?: Stranger | undefined;
    crossed?: ((message: Crossed) => void) | undefined;
  }) {
    this.journal = parts.journal;
    this.runs = parts.runs;
    this.#looks = parts.looks;
    this.#claims = parts.claims;
    this.#reads = parts.reads;
    this.#feeds = parts.feeds ?? [];
    this.#listings = parts.listings ?? [];
    this.#stranger = parts.stranger;
    this.crossed = parts.crossed;
  }

  /**
   * A message is about to cross; the tap holds it until this returns. Looks into the database first
   * if the message claims something, then journals what it found and the message itself.
   * Returns the run it belongs to.
   */
  sees(sighting: Sighting): Run | undefined {
    const { text, run: known, ...hop } = sighting;
    const feed = known ? undefined : edgeOf(this.#feeds, hop);
    if (feed) return this.#brings(feed, hop, text);
    const isListing = !known && edgeOf(this.#listings, hop) !== undefined;
    const run = isListing ? undefined : (known ?? this.runs.of(text) ?? this.#stranger?.(sighting));
    if (run) this.#conclude(hop, text, run);
    this.#acknowledges(hop);
    this.#journal(hop, run);
    return run;
  }

  /** A reply that may bring news of several runs: it crossed once, and is a hop of each of them. */
  #brings({ client, firstOnly = false }: Feed, hop: SeenHopParts, text: string): undefined {
    const key = `brought.${client}`;
    const news = this.runs.allIn(text).filter((run) => !firstOnly || !run.concluded.has(key));
    for (const [i, run] of news.entries()) {
      run.concluded.add(key);
      this.#conclude(hop, text, run);
      this.#journal(i === 0 ? hop : { ...hop, copy: true }, run);
    }
    if (news.length === 0) this.#journal(hop, undefined);
  }

  #conclude(hop: SeenHopParts, text: string, run: Run): void {
    if (run.crowd) return;
    const event = eventOf(hop);
    for (const [i, claim] of this.#claims.entries()) {
      if (claim.notBefore === event) this.#before(claim, hop, run);
      if (claim.after === event) run.concluded.add(`after.${i}`);
      if (claim.after === undefined && claims(claim, event, text)) this.#claimed(claim, hop, run);
    }
    if (run.value === undefined || !text.includes(run.value)) return;
    for (const { service, database } of this.#reads) {
      if (hop.from !== service || run.holders.has(service)) continue;
      run.holders.add(service);
      this.#journal(
        { via: 'store', kind: 'read', from: service, to: database, inferred: true },
        run,
      );
    }
    run.holders.add(hop.to);
  }

  /** A message that claims, without an id, whatever was brought before it. */
  #acknowledges(hop: SeenHopParts): void {
    const event = eventOf(hop);
    for (const [i, claim] of this.#claims.entries()) {
      if (claim.after === undefined || !claim.when.includes(event)) continue;
      for (const run of this.runs.active())
        if (run.concluded.delete(`after.${i}`)) this.#claimed(claim, hop, run);
    }
  }

  #before(claim: Claim, hop: SeenHopParts, run: Run): void {
    const key = `before.${this.#claims.indexOf(claim)}`;
    if (run.concluded.has(key)) return;
    run.concluded.add(key);
    const rows = this.#count(claim, run);
    if (rows === undefined) this.#store(claim, 'unreadable', hop, 0, run);
    else if (claim.gone && rows === 0) this.#store(claim, 'gone', hop, rows, run);
    else if (!claim.gone && rows > 0) this.#store(claim, 'early', hop, rows, run);
  }

  #claimed(claim: Claim, hop: SeenHopParts, run: Run): void {
    const rows = this.#count(claim, run);
    if (rows === undefined) return this.#store(claim, 'unreadable', hop, 0, run);
    const kind = found(rows, claim.gone);
    const key = `${kind}.${this.#claims.indexOf(claim)}`;
    if ((kind === 'write' || kind === 'delete') && run.concluded.has(key)) return;
    run.concluded.add(key);
    this.#store(claim, kind, hop, rows, run);
  }

  /** Undefined if the table can't be read: somebody has changed or removed it. */
  #count(claim: Claim, run: Run): number | undefined {
    try {
      return this.#looks.count(claim.database, claim.sql, run.id);
    } catch (error) {
      this.journal.note(claim.database, 'unreadable', (error as Error).message);
      return undefined;
    }
  }

  #store(claim: Claim, kind: string, hop: SeenHopParts, rows: number, run: Run): void {
    const { service: from, database: to } = claim;
    const what = /^\d+$/.test(hop.kind) ? `the reply ${hop.kind}` : hop.kind.toUpperCase();
    const detail = `${rows} row${rows === 1 ? '' : 's'} when ${what} crossed`;
    this.#journal({ via: 'store', kind, from, to, detail }, run);
  }

  #journal(hop: SeenHopParts, run: Run | undefined): void {
    const seen: HopLine = {
      type: 'hop',
      at: this.journal.now(),
      ...hop,
      ...(run && { run: run.key }),
    };
    run?.hops.push(seen);
    if (run?.crowd) run.crowd(seen);
    else this.journal.append(seen);
  }
}

/** The edge among some that a reply belongs to. */
const edgeOf = <Edge extends Listing>(
  edges: readonly Edge[],
  { via, from, to, kind }: SeenHopParts,
): Edge | undefined =>
  via === 'http' && /^\d+$/.test(kind)
    ? edges.find(({ client, server }) => server === from && client === to)
    : undefined;

/** What a look found when a claim was made. */
function found(rows: number, gone = false): string {
  if (gone) return rows === 0 ? 'delete' : 'kept';
  return rows === 0 ? 'missing' : rows === 1 ? 'write' : 'duplicate';
}

const claims = ({ when }: Claim, event: string, text: string): boolean =>
  when.some((one) => one === event || `${event} ${text}`.startsWith(`${one} `));

type SeenHopParts = Omit<Sighting, 'text' | 'run'> & Pick<HopLine, 'copy'>;

const eventOf = ({ via, kind, from, to }: SeenHopParts): string => `${via}.${kind}.${from}.${to}`;
