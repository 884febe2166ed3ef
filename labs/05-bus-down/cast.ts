import type { Component } from '../kit/flow/types.ts';

/** Who hears of an order, with a database of its own. */
export interface Consumer {
  id: 'warehouse' | 'fraud-detection' | 'analytics';
  name: string;
  database: string;
  /** The table that its work ends in. */
  table: string;
  stores: string;
  /** The number of the hop that brings the news. */
  n: number;
}

export const warehouse: Consumer = {
  id: 'warehouse',
  name: 'Warehouse',
  database: 'warehouse-database',
  table: 'reservations',
  stores: 'reserves the goods',
  n: 3,
};
export const fraudDetection: Consumer = {
  id: 'fraud-detection',
  name: 'Fraud detection',
  database: 'fraud-database',
  table: 'checks',
  stores: 'keeps the check',
  n: 6,
};
export const analytics: Consumer = {
  id: 'analytics',
  name: 'Analytics',
  database: 'analytics-database',
  table: 'counts',
  stores: 'counts the order',
  n: 7,
};

/** Those whose data nobody confirms: they are compared with the orders, and repaired. */
export const compared = [fraudDetection, analytics];

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
    role: 'asks how far subscribers are behind, and has them repaired',
  },
  {
    id: 'order-service',
    name: 'Order service',
    type: 'service',
    role: 'saves an order with its event, and announces it until the warehouse has confirmed it',
  },
  database('order-database', 'Order database', 'holds the orders, and the outbox'),
  {
    id: 'event-bus',
    name: 'Event Bus',
    type: 'message_queue',
    role: 'has a topic, and a queue for each subscriber; another one stands by',
  },
  {
    id: 'warehouse',
    name: 'Warehouse',
    type: 'service',
    role: 'reserves the goods once for each order, and confirms it',
  },
  database('warehouse-database', 'Warehouse database', 'holds the reservations, and the inbox'),
  {
    id: 'fraud-detection',
    name: 'Fraud detection',
    type: 'service',
    role: 'checks an order for fraud; nobody waits for its word',
  },
  database('fraud-database', 'Fraud database', 'holds the checks'),
  {
    id: 'analytics',
    name: 'Analytics',
    type: 'service',
    role: 'counts orders; nobody waits for its word',
  },
  database('analytics-database', 'Analytics database', 'holds the counts'),
  {
    id: 'reconciler',
    name: 'Reconciler',
    type: 'service',
    role: 'compares what subscribers have with the orders, and repairs the difference',
  },
];
