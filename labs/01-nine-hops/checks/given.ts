import type { Tools } from '../../kit/grade/tools.ts';

/** A product that only this run knows, in Database A. */
export function product({ lab }: Tools): { id: string; name: string; priceCents: number } {
  const [id, name] = [lab.random('p'), lab.random('lamp')];
  const priceCents = 100 + Number.parseInt(name.slice(-4), 16);
  const sql = 'INSERT INTO products (id, name, price_cents) VALUES (?, ?, ?)';
  lab.databases.write('database-a', sql, [id, name, priceCents]);
  return { id, name, priceCents };
}

/** Gives a product another name in Database A, behind the cache's back. */
export function rename({ lab }: Tools, id: string): string {
  const name = lab.random('desk');
  lab.databases.write('database-a', 'UPDATE products SET name = ? WHERE id = ?', [name, id]);
  return name;
}

/** Takes a product out of Database A. */
export const remove = ({ lab }: Tools, id: string): void =>
  lab.databases.write('database-a', 'DELETE FROM products WHERE id = ?', [id]);

/**
 * Makes a table refuse every row of one product, for a reason that no service can foresee.
 * @returns the function that takes the refusal back
 */
export function refuse(
  { lab }: Tools,
  database: 'database-b' | 'database-c',
  productId: string,
): () => void {
  const table = database === 'database-b' ? 'orders' : 'shipments';
  lab.databases.write(
    database,
    `CREATE TRIGGER "refuse-${productId}" BEFORE INSERT ON ${table} WHEN NEW.product_id = '${productId}'
     BEGIN SELECT RAISE(ABORT, 'refused by the grader'); END`,
    [],
  );
  return () => lab.databases.write(database, `DROP TRIGGER "refuse-${productId}"`, []);
}

/** Takes a product out of Cache A, as a full cache would. */
export async function evict({ lab }: Tools, id: string): Promise<void> {
  const [tap] = lab.network.edge('service-a', 'cache-a');
  const signal = AbortSignal.timeout(Math.round(2_000 * lab.factor));
  await fetch(`http://127.0.0.1:${tap!.upstream}/products/${id}`, { method: 'DELETE', signal });
}

/** An order that only this run knows. */
export function newOrder({ lab }: Tools): { id: string; productId: string; quantity: number } {
  const [id, productId] = [lab.random('o'), lab.random('p')];
  return { id, productId, quantity: 1 + (Number.parseInt(id.slice(-2), 16) % 9) };
}

export const topic = 'orders/placed/v1';

/** The event that announces an order, as the grader publishes it where Service B is not asked. */
export function eventFor({ lab }: Tools, order: ReturnType<typeof newOrder>): { id: string } {
  return {
    specversion: '1.0',
    id: lab.random('e'),
    source: '/grader',
    type: 'orders.placed.v1',
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data: { orderId: order.id, productId: order.productId, quantity: order.quantity },
  } as { id: string };
}

/** How many orders a check places where one might be right by luck. */
export const several = [1, 2, 3, 4, 5];
