import type { Run } from '../wire/runs.ts';

/** One order of a storm: what was asked, and what the user heard. */
export interface Order {
  /** From 1, as they were placed. */
  n: number;
  run: Run;
  accepted: boolean;
  /** `reply 503`, `none: no reply in 3000 ms`. */
  reply: string;
}

/** What became of a storm’s orders. */
export interface Count {
  accepted: number;
  /** Not accepted. */
  refused: readonly Order[];
  /** Accepted, and nothing came of it. */
  lost: readonly Order[];
  /** What was to happen once happened more often, accepted or not. */
  twice: readonly Order[];
  /** What the publisher published on the bus, of all orders. */
  messages: number;
}

/**
 * @param effects how often each order has had its effect, by the order’s id
 * @param publisher the component whose messages are counted
 */
export function countOrders(
  orders: readonly Order[],
  effects: ReadonlyMap<string, number>,
  publisher: string,
): Count {
  const times = ({ run }: Order): number => effects.get(run.id) ?? 0;
  const published = ({ run }: Order): number =>
    run.hops.filter(({ kind, from }) => kind === 'publish' && from === publisher).length;
  return {
    accepted: orders.filter(({ accepted }) => accepted).length,
    refused: orders.filter(({ accepted }) => !accepted),
    lost: orders.filter((order) => order.accepted && times(order) === 0),
    twice: orders.filter((order) => times(order) > 1),
    messages: orders.reduce((sum, order) => sum + published(order), 0),
  };
}
