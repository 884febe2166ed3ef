/** A map is made of the journal that a running lab writes; here the journal is made by hand. */
import { ownRuns } from '../../../labs/kit/run/testing/own-runs.ts';
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { Hono } from 'hono';
import type { MapNow } from './map.ts';

const slug = '04-topics';
const app = new Hono();
let keep: (name: string, ...lines: object[]) => void;

before(async () => {
  // After the folder of our own: where runs are kept is decided when the kit is loaded.
  const { showMap } = await import('./map.ts');
  const { loadLab } = await import('../../../labs/kit/grade/load.ts');
  const { journalText, lines } = await import('../../../labs/kit/replay/testing/journal.ts');
  app.get('/labs/:slug/map', (c) => showMap(c, c.req.query('journal')));
  const header = lines.header(await loadLab(slug));
  mkdirSync(join(ownRuns, slug), { recursive: true });
  keep = (name, ...more) =>
    writeFileSync(
      join(ownRuns, slug, name),
      journalText({ ...header, ...more[0] }, ...more.slice(1)),
    );
});

const ask = async (query: string): Promise<Response> => app.request(`/labs/${slug}/map${query}`);

test('it is drawn, told in words, and written as AsyncAPI', async () => {
  const hop = { type: 'hop', at: 3, via: 'mqtt', from: 'order-service', to: 'event-bus' };
  const facts = { topic: 'orders/placed/v1', payload: '{"specversion":"1.0"}' };
  keep('now.ndjson', {}, { ...hop, kind: 'publish', facts });
  const reply = await ask('?journal=now.ndjson');
  assert.equal(reply.status, 200);
  const { html, told } = (await reply.json()) as MapNow;
  assert.match(html, /^<div><svg .*>orders\/placed\/v1</);
  assert.match(html, /<li>≠ Warehouse listens in the flow, and was never seen to\.<\/li>/);
  assert.match(
    html,
    /<li>orders\/placed\/v1: published by Order service \(1\); delivered to nobody/,
  );
  assert.match(
    html,
    /<button type="button">Copy.*.*&quot;order-service-sends-orders-placed-v1&quot;/s,
  );
  assert.match(told, /^4 differences from the flow\. Seen until \d\d:\d\d:\d\d\.$/);
});

test('no lab, no journal, and a journal of other flows say so', async () => {
  keep('old.ndjson', { flow: 'another' });
  for (const [query, status, why] of [
    ['', 409, /got no lab that runs/],
    ['?journal=../../secret.ndjson', 404, /expected one that is kept/],
    ['?journal=old.ndjson', 409, /recorded under other flows/],
  ] as const) {
    const reply = await ask(query);
    assert.equal(reply.status, status, query);
    assert.match(await reply.text(), why);
  }
});
