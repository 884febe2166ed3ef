import { NotAsExpected } from '../../kit/grade/errors.ts';
import type { RunOf } from '../../kit/grade/expect.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import type { HopLine } from '../../kit/wire/journal.ts';
import type { Run } from '../../kit/wire/runs.ts';
import { analytics, loyalty, warehouse } from '../cast.ts';

export const topic = 'orders/placed/v1';

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
export function eventFor({ lab }: Tools, { id, productId, quantity }: Order): { id: string } {
  const event = {
    specversion: '1.0',
    id: lab.random('e'),
    source: '/grader',
    type: 'orders.placed.v1',
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data: { orderId: id, productId, quantity },
  };
  return event;
}

/** An event on the topic, from the grader. */
export async function announced(t: Tools, order: Order): Promise<RunOf & { event: unknown }> {
  const event = eventFor(t, order);
  return { ...(await t.publish(topic, order.id, event)), event };
}

export const tables = {
  warehouse,
  analytics,
  loyalty,
  'fraud-detection': { database: 'fraud-database', table: 'checks' },
} as const;
export type Name = keyof typeof tables;

export const called: Record<Name, string> = {
  warehouse: 'Warehouse',
  analytics: 'Analytics',
  loyalty: 'Loyalty',
  'fraud-detection': 'Fraud detection',
};

/** How often, in words: how many times too many differs from run to run. */
const often = (n: number): string => ['never', 'once'][n] ?? 'more than once';

/** How often an order stands in somebody's database. */
export function standing(t: Tools, name: Name, { id }: { id: string }): string {
  const { database, table } = tables[name];
  return often(t.rows(database, `SELECT count(*) FROM ${table} WHERE order_id = ?`, id));
}

/** The order stands once where somebody has said that it has its event. */
export function mustStandOnce(t: Tools, name: Name, order: Order, when = ''): void {
  const found = standing(t, name, order);
  const said = name === 'fraud-detection' ? 'its reply was 204' : 'the event was acknowledged';
  t.expect(
    found === 'never' ? `never, though ${said}` : found,
    `how often the order stands in the database of ${called[name]}${when}`,
  ).toBe('once');
}

/** Which hops of a flow are this consumer's. */
export const isDelivery =
  (name: Name) =>
  ({ kind, to }: HopLine): boolean =>
    kind === 'deliver' && to === name;
export const isAcknowledgement =
  (name: Name) =>
  ({ kind, from }: HopLine): boolean =>
    kind === 'puback' && from === name;

/** Waits until a consumer has acknowledged an event so many times. */
export async function acknowledged(
  t: Tools,
  {
    run,
    name,
    times = 1,
    within = 1_500,
  }: { run: Run; name: Name; times?: number; within?: number },
): Promise<void> {
  const is = isAcknowledgement(name);
  const count = (): number => run.hops.filter((hop) => is(hop as HopLine)).length;
  if (count() >= times) return;
  const isLast = (hop: HopLine): boolean => is(hop) && count() >= times;
  const nth = times === 1 ? '' : ` number ${times}`;
  await t.hop(run, isLast, { what: `The PUBACK${nth} of ${called[name]}`, within });
}

/** The operator tells somebody to join or to leave, and it says that it has. */
export async function tell(
  t: Tools,
  name: 'analytics' | 'loyalty',
  what: 'joins' | 'leaves',
): Promise<void> {
  const acted = await t.act(`${name}-${what}`, { id: t.lab.random('m') });
  if (acted.reply?.status === 204) {
    if (what === 'joins' && !t.lab.listening().has(name))
      throw new NotAsExpected({
        headline: `${called[name]} answers before it has joined`,
        expected: 'the SUBACK of the bus, and then the reply 204',
        observed: 'the reply 204, and no SUBACK before it',
      });
    return;
  }
  throw new NotAsExpected({
    headline: `The operator’s reply when ${name} ${what}`,
    expected: 'reply 204',
    observed: acted.reply ? `reply ${acted.reply.status}` : 'none in time',
  });
}

/** Makes a database refuse every row of one order, for a reason that no service can foresee. */
export function refuse({ lab }: Tools, name: Name, { id }: Order): () => void {
  const { database, table } = tables[name];
  lab.databases.write(
    database,
    `CREATE TRIGGER "refuse-${id}" BEFORE INSERT ON ${table} WHEN NEW.order_id = '${id}'
     BEGIN SELECT RAISE(ABORT, 'refused by the grader'); END`,
    [],
  );
  return () => lab.databases.write(database, `DROP TRIGGER IF EXISTS "refuse-${id}"`, []);
}
