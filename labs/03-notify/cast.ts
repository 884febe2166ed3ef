import type { Component } from '../kit/flow/types.ts';

/** Who has to hear of an order: each is called, or subscribes; each has a database of its own. */
export interface Dependent {
  id: 'warehouse' | 'fraud-detection' | 'analytics' | 'loyalty';
  database: string;
  /** The method that it is called with, and the status with which it says that it is done. */
  method: string;
  status: string;
  /** Whether a call may come again: asked twice, it does its work once. */
  safe: boolean;
  asked: string;
  stores: string;
  /** The numbers of the hops that bring the news: as a call, as a delivery. Loyalty joined later. */
  call?: number;
  delivery?: number;
}

const warehouse: Dependent = {
  id: 'warehouse',
  database: 'warehouse-database',
  method: 'post',
  status: '201',
  safe: true,
  asked: 'asks to reserve the goods',
  stores: 'reserves the goods',
  call: 2,
  delivery: 7,
};
const fraudDetection: Dependent = {
  id: 'fraud-detection',
  database: 'fraud-database',
  method: 'put',
  status: '200',
  safe: true,
  asked: 'asks for a check of the order',
  stores: 'keeps the check',
  call: 3,
  delivery: 8,
};
const analytics: Dependent = {
  id: 'analytics',
  database: 'analytics-database',
  method: 'post',
  status: '201',
  safe: false,
  asked: 'asks to count the order',
  stores: 'counts the order',
  call: 4,
  delivery: 9,
};
const loyalty: Dependent = {
  id: 'loyalty',
  database: 'loyalty-database',
  method: 'post',
  status: '201',
  safe: true,
  asked: 'asks to credit points',
  stores: 'credits the points',
};

/** The three of the story, and the one that joins in task 5. */
export const three: readonly Dependent[] = [warehouse, fraudDetection, analytics];
export const four: readonly Dependent[] = [...three, loyalty];

/** Everyone in the chapter, in both styles. */
export const components: Component[] = [
  { id: 'user', name: 'Customer', type: 'client', role: 'places an order and waits for the reply' },
  {
    id: 'order-service',
    name: 'Order service',
    type: 'service',
    role: 'saves an order, calls everyone who has to hear of it, and tells the customer',
  },
  { id: 'order-database', name: 'Order database', type: 'database', role: 'holds the orders' },
  {
    id: 'warehouse',
    name: 'Warehouse',
    type: 'service',
    role: 'reserves the goods of an order',
  },
  {
    id: 'warehouse-database',
    name: 'Warehouse database',
    type: 'database',
    role: 'holds the reservations',
  },
  {
    id: 'fraud-detection',
    name: 'Fraud detection',
    type: 'service',
    role: 'checks an order for fraud',
  },
  { id: 'fraud-database', name: 'Fraud database', type: 'database', role: 'holds the checks' },
  { id: 'analytics', name: 'Analytics', type: 'service', role: 'counts orders' },
  {
    id: 'analytics-database',
    name: 'Analytics database',
    type: 'database',
    role: 'holds the counts',
  },
  {
    id: 'loyalty',
    name: 'Loyalty',
    type: 'service',
    role: 'credits points; it joined later than the others',
  },
  { id: 'loyalty-database', name: 'Loyalty database', type: 'database', role: 'holds the points' },
  {
    id: 'order-service-events',
    name: 'Order service (events)',
    short: 'Order service E',
    type: 'service',
    role: 'saves an order and announces it: the same work in the event style',
  },
  {
    id: 'order-events-database',
    name: 'Order database (events)',
    short: 'Order database E',
    type: 'database',
    role: 'holds the orders that are announced',
  },
  {
    id: 'event-bus',
    name: 'Event Bus',
    type: 'message_queue',
    role: 'delivers an event to everyone who has subscribed',
  },
];
