import type { Storm } from '../kit/storm/storm.ts';

/** A thousand orders while the bus dies again and again: none may be lost, none reserved twice. */
export const storm: Storm = {
  action: 'place-order',
  accepted: 202,
  effect: {
    done: 'reserved',
    database: 'warehouse-database',
    sql: 'SELECT order_id, count(*) FROM reservations GROUP BY order_id',
  },
  publisher: 'order-service',
  worker: 'warehouse',
  quiet: 700,
  variants: [
    {
      id: 'directly',
      title: 'Published directly',
      source: 'mutants/order-and-event-or-neither--publishes-directly',
    },
    {
      id: 'outbox',
      title: 'Outbox, cleared when the bus acknowledges',
      source: 'mutants/owed-until-confirmed--the-buss-word-is-enough',
    },
    {
      id: 'confirmed',
      title: 'Outbox, cleared when the warehouse confirms',
      source: 'solution',
    },
  ],
};
