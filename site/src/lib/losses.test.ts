import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Losses } from '../../../labs/kit/storm/losses.ts';
import { lossOf, lossTable, skippedIn } from './losses.ts';

const file = new URL('../../../labs/05-bus-down/losses.json', import.meta.url);
const recorded = JSON.parse(readFileSync(file, 'utf8')) as Losses;

const of = (median: number, min: number, max: number) => ({ median, min, max });
const none = of(0, 0, 0);
const made: Losses = {
  ...recorded,
  runs: 7,
  skipped: { mosquitto: 'apt-get install mosquitto' },
  variants: [
    {
      id: 'hasty',
      title: 'Hasty',
      on: { aedes: { lost: of(12.5, 0, 1_000), twice: none, messages: of(1_204, 1_000, 1_300) } },
    },
  ],
};

test('a variant is a row, with its figures on each bus and their range', () => {
  const { columns, rows } = lossTable(made);
  assert.deepEqual(columns, [
    'Lost, aedes',
    'Reserved twice, aedes',
    'Lost, Mosquitto',
    'Reserved twice, Mosquitto',
  ]);
  assert.deepEqual(rows, [
    {
      title: 'Hasty',
      cells: [
        { value: 12.5, text: '12.5', range: '0 to 1,000 in 7 storms', from: '0 to 1,000' },
        { value: 0, text: '0', range: '0 to 0 in 7 storms', from: '' },
        undefined,
        undefined,
      ],
    },
  ]);
  assert.deepEqual(skippedIn(made), [{ name: 'Mosquitto', line: 'apt-get install mosquitto' }]);
});

test('a text names a figure, and one that nobody recorded stops the build', () => {
  assert.equal(lossOf(made, 'hasty.aedes.messages').text, '1,204');
  for (const wrong of ['hasty.mosquitto.lost', 'hasty', 'hasty.aedes.toString'])
    assert.throws(() => lossOf(made, wrong), /no such figure: got .*expected one of hasty\.aedes/);
});

test('what is recorded fills the table', () => {
  const { columns, rows } = lossTable(recorded);
  assert.equal(rows.length, recorded.variants.length);
  for (const { cells } of rows) assert.equal(cells.length, columns.length);
  for (const { id, on } of recorded.variants)
    for (const [bus, { lost }] of Object.entries(on))
      assert.equal(lossOf(recorded, `${id}.${bus}.lost`).value, lost.median);
});
