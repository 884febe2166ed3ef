import type { RunOf } from '../../kit/grade/expect.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import { isSecond } from '../../kit/run/ready.ts';
import type { HopLine, Line } from '../../kit/wire/journal.ts';
import type { MqttRule } from '../../kit/wire/mqtt-rules.ts';
import type { Run } from '../../kit/wire/runs.ts';
import { warehouse, type Consumer } from '../cast.ts';
import { placed } from '../lab.ts';

/** An order that only this run knows. */
export interface Order {
  id: string;
  productId: string;
  quantity: number;
  [name: string]: string | number;
}

export function newOrder({ lab }: Tools): Order {
  const [id, productId] = [lab.random('o'), lab.random('p')];
  return { id, productId, quantity: 1 + (Number.parseInt(id.slice(-2), 16) % 9) };
}

/** So many new orders. */
export const newOrders = (t: Tools, count: number): Order[] =>
  Array.from({ length: count }, () => newOrder(t));

/** The event that announces an order, as the grader publishes it where the order service is not asked. */
export const eventFor = ({ lab }: Tools, { id, productId, quantity }: Order) => ({
  specversion: '1.0',
  id: lab.random('e'),
  source: '/grader',
  type: 'orders.placed.v1',
  time: new Date().toISOString(),
  datacontenttype: 'application/json',
  data: { orderId: id, productId, quantity },
});
export type Event = ReturnType<typeof eventFor>;

/** An event on the topic, from the grader. */
export async function announced(t: Tools, order: Order): Promise<RunOf & { event: Event }> {
  const event = eventFor(t, order);
  return { ...(await t.publish(placed, order.id, event)), event };
}

/** How often, in words: how many times too many differs from run to run. */
const often = (n: number): string => ['never', 'once'][n] ?? 'more than once';

/** How often an order stands in somebody's database. */
export const standing = (t: Tools, { database, table }: Consumer, { id }: { id: string }): string =>
  often(t.rows(database, `SELECT count(*) FROM ${table} WHERE order_id = ?`, id));

export const mustStandOnce = (
  t: Tools,
  order: Order,
  when = '',
  consumer: Consumer = warehouse,
): void =>
  t
    .expect(
      standing(t, consumer, order),
      `how often the order stands in the database of ${consumer.name}${when}`,
    )
    .toBe('once');

/** Whether an order is saved, and how many events its outbox still owes. */
export const saved = (t: Tools, { id }: Order): number =>
  t.rows('order-database', 'SELECT count(*) FROM orders WHERE id = ?', id);
export const owed = (t: Tools, { id }: Order): number =>
  t.rows('order-database', 'SELECT count(*) FROM outbox WHERE order_id = ?', id);

const topicOf = ({ facts }: HopLine): unknown => facts?.['topic'];

const isAnnouncement = ({ kind, from }: HopLine): boolean =>
  kind === 'publish' && from === 'order-service';
/** The bus tells the order service that it has taken its event over. */
export const isTaken = ({ kind, to }: HopLine): boolean =>
  kind === 'puback' && to === 'order-service';
export const isConfirmation = (hop: HopLine): boolean =>
  hop.kind === 'publish' && hop.from === 'warehouse' && topicOf(hop) === 'orders/reserved/v1';
export const isDeadLetter = (hop: HopLine): boolean =>
  hop.kind === 'publish' && hop.from === 'warehouse' && topicOf(hop) === `dlq/${placed}`;
/** The order service has heard the confirmation. */
export const isHeard = ({ kind, from }: HopLine): boolean =>
  kind === 'puback' && from === 'order-service';
export const isAcknowledgement =
  ({ id }: Pick<Consumer, 'id'>) =>
  ({ kind, from }: HopLine): boolean =>
    kind === 'puback' && from === id;

/** Waits until the warehouse has acknowledged an event so many times. */
export async function acknowledged(
  t: Tools,
  run: Run,
  { times = 1, within = 1_500 }: { times?: number; within?: number } = {},
): Promise<void> {
  const is = isAcknowledgement(warehouse);
  const count = (): number => run.hops.filter((hop) => is(hop as HopLine)).length;
  if (count() >= times) return;
  const isLast = (hop: HopLine): boolean => is(hop) && count() >= times;
  const nth = times === 1 ? '' : ` number ${times}`;
  await t.hop(run, isLast, { what: `The PUBACK${nth} of ${warehouse.name}`, within });
}

export const announcementCame = (t: Tools, run: Run, within = 1_500, since = 0) =>
  t.hop(run, isAnnouncement, {
    what: 'Hop 2 (Order service → Event Bus, PUBLISH)',
    within,
    since,
  });

/** Makes a database refuse every row of one order in a table, for a reason that no service can foresee. */
export function refuse(
  t: Tools,
  { database, table, column = 'order_id' }: { database: string; table: string; column?: string },
  { id }: Order,
): () => void {
  const name = `"refuse-${table}-${id}"`;
  t.write(
    database,
    `CREATE TRIGGER ${name} BEFORE INSERT ON ${table} WHEN NEW.${column} = '${id}'
     BEGIN SELECT RAISE(ABORT, 'refused by the grader'); END`,
    [],
  );
  return () => t.write(database, `DROP TRIGGER IF EXISTS ${name}`, []);
}

/** Cuts a client off the bus while `work` goes on, and waits until it is back. */
export async function whileAway(
  t: Tools,
  client: string,
  work: () => Promise<void>,
): Promise<void> {
  const bus = t.lab.network.bus(client);
  bus.shut();
  bus.cut();
  const since = t.lab.journal.lines.length;
  try {
    await work();
  } finally {
    bus.open();
  }
  const isBack = (line: Line): boolean =>
    line.type === 'note' &&
    line.component === client &&
    line.what === 'connack' &&
    !isSecond(line, t.lab.clientId(client));
  await t.lab.journal.waitFor(isBack, { timeout: 3_000 * t.lab.factor, since });
}

/** A packet that its tap holds. */
export interface Held {
  /** Waits until one is held; fails, in the learner's words, if none came. */
  reached: (what: string, within?: number) => Promise<void>;
  /** Lets it through, and all that were held. */
  release: () => void;
}

/** Holds a client's packets that carry an order, until they are released. */
export function hold(
  t: Tools,
  client: string,
  packet: Pick<MqttRule, 'direction' | 'kind' | 'text' | 'first'>,
): Held {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const since = t.lab.journal.lines.length;
  const fault = { kind: 'hold', reached: () => released } as const;
  t.lab.network.bus(client).rules.inject({ ...packet, fault });
  return {
    reached: (what, within = 1_500) => t.note(client, 'fault', { what, within, since }),
    release,
  };
}

export { warehouse };
