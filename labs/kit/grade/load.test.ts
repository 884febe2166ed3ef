import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadLab, slugOf, slugs } from './load.ts';

test('a lab is meant by its number, with or without zero, or by its slug', () => {
  for (const wanted of ['1', '01', '01-nine-hops']) assert.equal(slugOf(wanted), '01-nine-hops');
});

test('a lab that there is not, or none at all, is an error with those there are and what to try', () => {
  const what = /expected one of 01-nine-hops.*Try: npm run lab 01/;
  for (const [wanted, got] of [
    ['99', 'got lab 99'],
    ['0', 'got lab 0'],
    ['nine-hops', 'got lab nine-hops'],
    ['', 'got lab'],
    [undefined, 'got no lab'],
  ] as const)
    assert.throws(
      () => slugOf(wanted),
      (error: Error) => what.test(error.message) && error.message.includes(got),
    );
});

test('every lab loads: its definition, tasks, checks, and each flow that it runs', async () => {
  for (const slug of slugs()) {
    const { lab, tasks, checks, flows } = await loadLab(slug);
    assert.equal(lab.slug, slug);
    assert.ok(tasks.length > 0 && checks.length > 0);
    for (const flow of lab.architecture.flows) assert.ok(flows.includes(flow), flow.id);
  }
});
