import type { Component } from '../kit/flow/types.ts';

/** The two styles, side by side in every situation. */
export const styles = ['request-response', 'event-driven'] as const;
export type Style = (typeof styles)[number];

/** What a learner decides: who asks or tells whom, and what for. */
export interface Situation {
  id: 'checkout-authorisation' | 'price-lookup' | 'audit-trail' | 'customer-notification';
  title: string;
  /** Who is called, or told. */
  dependent: 'payments' | 'prices' | 'audit' | 'mailer';
  /** What the shop wants of it, as a question. */
  question: string;
  /** The measures that this question is about: a decision has a claim about each. */
  asks: readonly ('staleness' | 'lost' | 'duplicates')[];
  /** The actions of the lab that stand for it. */
  actions: Record<Style, string>;
  /** How its ids begin: `c-1f…` is a checkout. */
  prefix: string;
}

export const situations: readonly Situation[] = [
  {
    id: 'checkout-authorisation',
    title: 'Checkout authorisation',
    dependent: 'payments',
    question: 'May this customer pay?',
    asks: ['staleness'],
    actions: { 'request-response': 'checkout-calls', 'event-driven': 'checkout-events' },
    prefix: 'c',
  },
  {
    id: 'price-lookup',
    title: 'Price lookup',
    dependent: 'prices',
    question: 'What does the product cost?',
    asks: ['staleness'],
    actions: { 'request-response': 'lookup-calls', 'event-driven': 'lookup-events' },
    prefix: 'v',
  },
  {
    id: 'audit-trail',
    title: 'Audit trail',
    dependent: 'audit',
    question: 'Is each order in the trail?',
    asks: ['lost', 'duplicates'],
    actions: { 'request-response': 'order-calls', 'event-driven': 'order-events' },
    prefix: 'o',
  },
  {
    id: 'customer-notification',
    title: 'Customer notification',
    dependent: 'mailer',
    question: 'Does the customer get one mail?',
    asks: ['lost', 'duplicates'],
    actions: { 'request-response': 'shipment-calls', 'event-driven': 'shipment-events' },
    prefix: 's',
  },
];

/** The shop of each style. */
export const shops: Record<Style, string> = {
  'request-response': 'shop-calls',
  'event-driven': 'shop-events',
};

const database = (id: string, name: string, role: string): Component => ({
  id,
  name,
  type: 'database',
  role,
});

export const components: Component[] = [
  {
    id: 'user',
    name: 'User',
    type: 'client',
    role: 'a customer who looks, orders and pays, or a clerk who ships',
  },
  { id: 'operator', name: 'Operator', type: 'client', role: 'changes a price' },
  {
    id: 'shop-calls',
    name: 'Shop (calls)',
    type: 'service',
    role: 'calls whom it needs, and answers when they have answered',
  },
  database('shop-calls-database', 'Shop database', 'holds what the calling shop has promised'),
  {
    id: 'shop-events',
    name: 'Shop (events)',
    type: 'service',
    role: 'saves, announces and answers; keeps a copy of what it needs from others',
  },
  database(
    'shop-events-database',
    'Shop database (events)',
    'holds what the other shop has promised, and its copy of the prices',
  ),
  { id: 'payments', name: 'Payments', type: 'service', role: 'authorises payments' },
  database('payments-database', 'Payments database', 'holds the authorisations'),
  { id: 'prices', name: 'Prices', type: 'service', role: 'knows what a product costs' },
  database('prices-database', 'Prices database', 'holds the prices'),
  { id: 'audit', name: 'Audit', type: 'service', role: 'writes each order into the audit trail' },
  database('audit-database', 'Audit database', 'holds the audit trail'),
  { id: 'mailer', name: 'Mailer', type: 'service', role: 'mails customers' },
  database('mailer-database', 'Mailer database', 'holds the mails that went out'),
  {
    id: 'event-bus',
    name: 'Event Bus',
    type: 'message_queue',
    role: 'has a topic for each kind of news, and a queue for each subscriber',
  },
];
