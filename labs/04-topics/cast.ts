import type { Component } from '../kit/flow/types.ts';

/** Who consumes from the bus, with a queue and a database of its own. */
export interface Consumer {
  id: 'warehouse' | 'analytics' | 'loyalty';
  database: string;
  /** The table that its work ends in. */
  table: string;
  stores: string;
  /** The number of the hop that brings the news. Loyalty joins later. */
  n?: number;
}

export const warehouse: Consumer = {
  id: 'warehouse',
  database: 'warehouse-database',
  table: 'reservations',
  stores: 'reserves the goods',
  n: 3,
};
export const analytics: Consumer = {
  id: 'analytics',
  database: 'analytics-database',
  table: 'counts',
  stores: 'counts the order',
  n: 6,
};
export const loyalty: Consumer = {
  id: 'loyalty',
  database: 'loyalty-database',
  table: 'points',
  stores: 'credits the points',
};

const database = (id: string, name: string, role: string): Component => ({
  id,
  name,
  type: 'database',
  role,
});

export const components: Component[] = [
  { id: 'user', name: 'Customer', type: 'client', role: 'places an order' },
  {
    id: 'operator',
    name: 'Operator',
    type: 'client',
    role: 'tells a service to take part or to leave',
  },
  {
    id: 'order-service',
    name: 'Order service',
    type: 'service',
    role: 'saves an order, announces it once, and knows nobody who listens',
  },
  database('order-database', 'Order database', 'holds the orders'),
  {
    id: 'event-bus',
    name: 'Event Bus',
    type: 'message_queue',
    role: 'has a topic, and a queue for each subscriber that it knows',
  },
  {
    id: 'warehouse',
    name: 'Warehouse',
    type: 'service',
    role: 'reserves the goods; it consumes from its queue',
  },
  database('warehouse-database', 'Warehouse database', 'holds the reservations'),
  {
    id: 'push-relay',
    name: 'Push relay',
    type: 'service',
    role: 'consumes for those who registered an endpoint, and calls it until it has worked',
  },
  {
    id: 'fraud-detection',
    name: 'Fraud detection',
    type: 'service',
    role: 'checks an order for fraud; it is called at the endpoint that it registered',
  },
  database('fraud-database', 'Fraud database', 'holds the checks'),
  {
    id: 'analytics',
    name: 'Analytics',
    type: 'service',
    role: 'counts orders, while it takes part',
  },
  database('analytics-database', 'Analytics database', 'holds the counts'),
  {
    id: 'loyalty',
    name: 'Loyalty',
    type: 'service',
    role: 'credits points, once it has joined',
  },
  database('loyalty-database', 'Loyalty database', 'holds the points'),
];
