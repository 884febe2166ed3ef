import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { treeOf, type TwinNode } from './tree.ts';

const shape = (nodes: TwinNode[]): unknown[] =>
  nodes.map(({ text, children }) => (children.length > 0 ? [text, shape(children)] : text));

describe('treeOf', () => {
  it('puts deeper lines under the line before them', () => {
    const lines = [
      { depth: 0, text: 'a' },
      { depth: 0, text: 'either' },
      { depth: 1, text: 'hit' },
      { depth: 2, text: 'b' },
      { depth: 1, text: 'miss' },
      { depth: 2, text: 'c' },
      { depth: 0, text: 'end' },
    ];
    const either = [
      ['hit', ['b']],
      ['miss', ['c']],
    ];
    assert.deepEqual(shape(treeOf(lines)), ['a', ['either', either], 'end']);
  });

  it('survives a depth that is skipped', () => {
    const lines = [
      { depth: 2, text: 'a' },
      { depth: 3, text: 'b' },
    ];
    assert.deepEqual(shape(treeOf(lines)), [['a', ['b']]]);
  });
});
