import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import lab from '../../01-nine-hops/lab.ts';
import type { Trouble } from '../run/define.ts';
import { Network } from '../run/network.ts';
import type { LiveEvent } from './events.ts';
import { Troubles } from './troubles.ts';

let inPlace: Set<string>;
let told: LiveEvent[];
let troubles: Troubles;

const trouble = (id: string): Trouble => ({
  id,
  title: `${id} it is`,
  apply: () => {
    inPlace.add(id);
    return () => inPlace.delete(id);
  },
});

beforeEach(() => {
  inPlace = new Set();
  told = [];
  const troubled = { ...lab, troubles: [trouble('slow'), trouble('down')] };
  const running = { lab: troubled, network: new Network(troubled) };
  troubles = new Troubles(running, (event) => told.push(event));
});

test('a press puts a trouble in place, the next takes it back; each is told', () => {
  troubles.toggle('slow');
  assert.deepEqual([...inPlace], ['slow']);
  troubles.toggle('slow');
  assert.deepEqual([...inPlace], []);
  assert.deepEqual(told, [
    { is: 'trouble', id: 'slow', title: 'slow it is', on: true },
    { is: 'trouble', id: 'slow', title: 'slow it is', on: false },
  ]);
});

test('before something is checked all are taken back', () => {
  troubles.toggle('slow');
  troubles.toggle('down');
  troubles.end();
  assert.deepEqual([...inPlace], []);
  assert.equal(told.filter((event) => event.is === 'trouble' && !event.on).length, 2);
});

test('a trouble that the lab does not know changes nothing, and is said', () => {
  troubles.toggle('elsewhere');
  assert.deepEqual(told, [{ is: 'said', error: true, text: 'No such trouble: elsewhere' }]);
});
