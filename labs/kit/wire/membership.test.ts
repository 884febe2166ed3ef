import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Line, NoteLine } from './journal.ts';
import { membership } from './membership.ts';

const note = (component: string, what: string, facts?: NoteLine['facts']): Line => ({
  type: 'note',
  at: 0,
  component,
  what,
  ...(facts && { facts }),
});
const connect = (clean: boolean): Line => note('analytics', 'connect', { clean });
const subscribed = note('analytics', 'suback');

/** What the lines say of analytics. */
function told(...lines: Line[]): string {
  const { listening, left } = membership(lines);
  if (listening.has('analytics')) return left.has('analytics') ? 'both' : 'listens';
  return left.has('analytics') ? 'has left' : 'never came';
}

test('who has subscribed takes part, also while its connection is broken', () => {
  assert.equal(told(), 'never came');
  assert.equal(told(connect(false)), 'never came');
  assert.equal(told(connect(false), subscribed), 'listens');
  assert.equal(told(connect(false), subscribed, note('analytics', 'close')), 'listens');
  assert.equal(told(connect(false), subscribed, connect(false)), 'listens');
});

test('who unsubscribes or begins a clean session has left, until it subscribes again', () => {
  assert.equal(told(connect(false), subscribed, note('analytics', 'unsubscribe')), 'has left');
  assert.equal(told(connect(false), subscribed, connect(true)), 'has left');
  assert.equal(told(connect(false), subscribed, connect(true), subscribed), 'listens');
  assert.equal(told(connect(true)), 'never came');
});

test('who moves to the bus that stands by, and back, goes on taking part', () => {
  const over = (instance: number, line: Line): Line => ({ ...line, instance });
  const first = [over(1, connect(false)), over(1, subscribed), over(1, note('analytics', 'close'))];
  const moving = [...first, over(2, connect(false))];
  assert.equal(told(...moving), 'listens');
  assert.equal(told(...moving, over(2, subscribed), over(1, connect(false))), 'listens');
  assert.equal(told(...moving, over(2, note('analytics', 'unsubscribe'))), 'has left');
});

test('one client’s doing says nothing about another’s', () => {
  const { listening } = membership([
    subscribed,
    note('loyalty', 'suback'),
    note('loyalty', 'unsubscribe'),
  ]);
  assert.deepEqual([...listening], ['analytics']);
});

test('a clean session of another client ends no kept one, and the clean ones before it', () => {
  const of = (clientId: string, what: string, facts: NoteLine['facts'] = {}): Line =>
    note('analytics', what, { ...facts, clientId });
  const began = (id: string, clean: boolean): Line => of(id, 'connect', { clean });
  const kept = [began('a', false), of('a', 'suback'), began('a-letters', true)];
  assert.equal(told(...kept), 'listens');
  assert.equal(told(...kept, of('a-letters', 'suback'), of('a', 'unsubscribe')), 'listens');
  assert.equal(told(...kept, began('a', true)), 'has left');
  // A new id each time, and nothing kept for the one before.
  assert.equal(told(began('x', true), of('x', 'suback'), began('y', true)), 'has left');
});
