import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import architecture from '../../../labs/01-nine-hops/flow.ts';
import { styledDiagram } from './diagram.ts';

const count = (text: string, part: string): number => text.split(part).length - 1;

describe('styledDiagram', () => {
  for (const direction of ['RIGHT', 'DOWN'] as const) {
    it(`gives each badge its shape, ${direction}`, async () => {
      const svg = await styledDiagram(architecture, direction);
      assert.equal(count(svg, 'class="event-driven"><rect'), 3);
      assert.ok(count(svg, 'class="request-response"><circle') >= 6);
      assert.equal(count(svg, 'data-component='), 12);
    });

    it(`needs no style that a strict policy forbids, ${direction}`, async () => {
      const svg = await styledDiagram(architecture, direction);
      assert.doesNotMatch(svg, /<style|<script|style=|\son\w+=/);
    });
  }
});
