import { NotAsExpected } from '../../kit/grade/errors.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import type { Acted } from '../../kit/run/acted.ts';
import type { HttpTap } from '../../kit/wire/http-tap.ts';
import type { HopLine } from '../../kit/wire/journal.ts';
import type { Run } from '../../kit/wire/runs.ts';
import { four, three } from '../cast.ts';
import { tables } from '../lab.ts';

export type Name = (typeof four)[number]['id'];
export type State = 'done' | 'not done' | 'unknown';
export type States = Partial<Record<Name, State>>;

export interface Order {
  id: string;
  productId: string;
  quantity: number;
  [name: string]: string | number;
}

/** The three of tasks 1 to 4, and the four of task 5. */
export const names: readonly Name[] = three.map(({ id }) => id);
export const allNames: readonly Name[] = four.map(({ id }) => id);

export const called: Record<Name, string> = {
  warehouse: 'Warehouse',
  'fraud-detection': 'Fraud detection',
  analytics: 'Analytics',
  loyalty: 'Loyalty',
};

/** What of a flow is another task's: loyalty joins in task 5. */
export const withoutLoyalty = { without: ['loyalty'] };

/** An order that only this run knows. */
export function newOrder({ lab }: Tools): Order {
  const [id, productId] = [lab.random('o'), lab.random('p')];
  return { id, productId, quantity: 1 + (Number.parseInt(id.slice(-2), 16) % 9) };
}

/**
 * Milliseconds × the lab's factor within which the customer must hear: the second of task 2, and 300 ms
 * that a busy machine may take on top.
 */
export const inTime = 1_300;

/** So many new orders. */
export const newOrders = (t: Tools, count: number): Order[] =>
  Array.from({ length: count }, () => newOrder(t));

/** The tap between the order service and one whom it calls. */
export const edge = (t: Tools, name: Name): HttpTap =>
  t.lab.network.edge('order-service', name)[0]!;

/** How many rows a dependent has of an order: how often it has done its work. */
export const rows = (t: Tools, name: Name, { id }: { id: string }): number =>
  t.rows(
    four.find((d) => d.id === name)!.database,
    `SELECT count(*) FROM ${tables[name]} WHERE order_id = ?`,
    id,
  );

export const isRequest = (hop: { from: string; to: string }, name: Name): boolean =>
  hop.from === 'order-service' && hop.to === name;

export const isReply = (hop: { via: string; from: string; to: string }, name: Name): boolean =>
  hop.via === 'http' && hop.from === name && hop.to === 'order-service';

/** The requests of one run to one dependent: one an attempt. */
export const requests = ({ hops }: Run, name: Name): HopLine[] =>
  hops.filter((hop): hop is HopLine => isRequest(hop, name));

/** When the customer had the reply, on the journal's clock. */
export const heardAt = ({ hops }: Run): number | undefined =>
  hops.find(({ to }) => to === 'user')?.at;

/**
 * Begins from a healthy order: it ends every row of failures that a circuit breaker may have counted.
 * If one is open all the same, the service starts afresh.
 */
export async function calm(t: Tools): Promise<void> {
  const { run, reply } = await t.act('place-order', newOrder(t));
  t.lab.witness.runs.end(run);
  if (reply?.status !== 201) await t.lab.restart('order-service');
}

/** Names and states, whatever their order, of those who are asked about. */
function statesIn(list: unknown, of: readonly Name[], where: string): States {
  const all = Array.isArray(list) ? list : [undefined];
  const said = all.map((one) => (one ?? {}) as { name?: unknown; state?: unknown });
  if (said.some(({ name, state }) => typeof name !== 'string' || typeof state !== 'string'))
    throw new NotAsExpected({
      headline: `${where} does not say what became of the calls`,
      expected: 'a list of { "name": …, "state": "done", "not done" or "unknown" }',
      observed: JSON.stringify(list) ?? 'nothing',
    });
  return Object.fromEntries(
    of.flatMap((name) => {
      const found = said.find((one) => one.name === name);
      return found ? [[name, found.state]] : [];
    }),
  );
}

/** Those of `of` that are not named are done. */
const fill = (states: States, of: readonly Name[]): States =>
  Object.fromEntries(of.map((name) => [name, states[name] ?? 'done']));

/**
 * The customer was told the truth, and is told the same who asks later: the states given, `done` for
 * all others. What is done stands in its database; what is not done does not.
 */
export async function toldTheTruth(
  t: Tools,
  { acted, order, during }: { acted: Acted; order: Order; during: string },
  states: States = {},
  of: readonly Name[] = names,
): Promise<void> {
  const wanted = fill(states, of);
  const complete = Object.values(wanted).every((state) => state === 'done');
  const { body } = t.replied(acted, complete ? 201 : 202, during);
  const { id, status, dependents } = (body ?? {}) as Record<string, unknown>;
  const told = statesIn(dependents, of, `The customer’s reply ${during}`);
  t.expect(told, `what the customer hears ${during}`).toEqual(wanted);
  const { id: orderId } = order;
  t.expect({ id, status }, `the order and its status, ${during}`).toEqual({
    id: orderId,
    status: complete ? 'complete' : 'partial',
  });
  for (const name of of) {
    if (wanted[name] === 'unknown') continue;
    const found = rows(t, name, order) > 0 ? 'it stands in the database' : 'no row';
    const should = wanted[name] === 'done' ? 'it stands in the database' : 'no row';
    t.expect(found, `${called[name]}’s work when the order service says ${wanted[name]}`).toBe(
      should,
    );
  }
  const asked = await t.act('order-status', { id: orderId });
  const later = t.replied(asked, 200, 'to the question what became of the order');
  const kept = statesIn(later.body, of, 'The answer to who asks later');
  t.expect(kept, `what who asks later is told, ${during}`).toEqual(wanted);
}
