import type { RunOf } from '../../kit/grade/expect.ts';
import type { Tools } from '../../kit/grade/tools.ts';
import type { HopLine } from '../../kit/wire/journal.ts';
import type { Run } from '../../kit/wire/runs.ts';

/** An order that only this run knows. */
export interface Order {
  id: string;
  productId: string;
  quantity: number;
}

export function newOrder({ lab }: Tools): Order {
  const [id, productId] = [lab.random('o'), lab.random('p')];
  return { id, productId, quantity: 1 + (Number.parseInt(id.slice(-2), 16) % 9) };
}

/** Who else hears of an order is not the learner's work. */
export const own = { without: ['fraud-detection', 'event-bus', 'analytics'] };

/**
 * Saves orders as another instance of the order service would: in one transaction, with the time that
 * its own clock shows.
 * @param placedAt seconds since 1970; now, if not given
 */
export function savedElsewhere(
  { lab }: Tools,
  orders: readonly Order[],
  placedAt = Math.floor(Date.now() / 1_000),
): RunOf[] {
  const runs = orders.map(({ id }) => ({ lab, run: lab.beginRun('saved-elsewhere', id) }));
  const rows = orders.map(() => '(?, ?, ?, ?)').join(', ');
  const values = orders.flatMap((o) => [o.id, o.productId, o.quantity, placedAt]);
  const sql = `INSERT INTO orders (id, product_id, quantity, placed_at) VALUES ${rows}`;
  lab.databases.write('order-database', sql, values);
  return runs;
}

/**
 * Makes the warehouse's database refuse every row of one product, for a reason that no service can
 * foresee.
 * @returns the function that takes the refusal back
 */
export function refuse({ lab }: Tools, productId: string): () => void {
  lab.databases.write(
    'warehouse-database',
    `CREATE TRIGGER "refuse-${productId}" BEFORE INSERT ON reservations WHEN NEW.product_id = '${productId}'
     BEGIN SELECT RAISE(ABORT, 'refused by the grader'); END`,
    [],
  );
  return () =>
    lab.databases.write('warehouse-database', `DROP TRIGGER IF EXISTS "refuse-${productId}"`, []);
}

/** How many rows of an order stand in the warehouse's database; each must say what the order says. */
export function reserved(t: Tools, { id, productId, quantity }: Order): number {
  const rows = (sql: string): number => t.rows('warehouse-database', sql, id);
  const wrong = rows(
    `SELECT count(*) FROM reservations WHERE order_id = ?
     AND NOT (product_id = '${productId}' AND quantity = ${quantity})`,
  );
  t.expect(wrong, 'rows of an order with another product or quantity').toBe(0);
  return rows('SELECT count(*) FROM reservations WHERE order_id = ?');
}

/** How often replies to the warehouse have brought an order. */
export const brought = ({ hops }: Run): number =>
  hops.filter(({ via, to }) => via === 'http' && to === 'warehouse').length;

/** Which exchange between warehouse and order service brought an order first. */
export const exchangeOf = ({ hops }: Run): unknown =>
  (hops as HopLine[]).find(({ via, to }) => via === 'http' && to === 'warehouse')?.facts?.[
    'exchange'
  ];

/** How often, in words: how many times too many differs from run to run. */
const often = (n: number): string => ['never', 'once'][n] ?? 'more than once';

/** What was read and stored long ago must not have come again meanwhile. */
export const mustBeReadOnce = (t: Tools, { run }: RunOf): void =>
  t.expect(often(brought(run)), 'How often one order came to the warehouse').toBe('once');

/** @param which order it is, in words */
export const mustStandOnce = (t: Tools, order: Order, which = 'one order'): void =>
  t
    .expect(often(reserved(t, order)), `How often ${which} stands in the warehouse’s database`)
    .toBe('once');
