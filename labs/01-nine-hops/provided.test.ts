/** What the lab provides keeps its promises: load balancer, gateways, caches; and the lab's own life. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startLab, type RunningLab } from '../kit/run/running-lab.ts';
import { solutionSource } from '../kit/run/sources.ts';
import { send } from '../kit/run/user.ts';
import type { HopLine } from '../kit/wire/journal.ts';
import lab from './lab.ts';

describe('the provided parts of lab 01', () => {
  let running: RunningLab;
  before(async () => {
    running = await startLab(lab, { source: solutionSource(lab), seed: 'provided' });
  });
  after(() => running.stop());

  const call = (path: string, token?: string) =>
    send(
      running.urlOf(),
      { method: 'GET', path },
      { timeout: 10_000, ...(token !== undefined && { token }) },
    );

  test('the load balancer spreads requests evenly over two gateways', async () => {
    const since = running.journal.lines.length;
    for (let i = 0; i < 10; i += 1) await call('/products/p-lamp', lab.token);
    const instances = running.journal.lines
      .slice(since)
      .filter((l): l is HopLine => l.type === 'hop' && l.to === 'api-gateway' && l.kind === 'get')
      .map((l) => l.instance);
    assert.equal(instances.filter((i) => i === 1).length, 5);
    assert.equal(instances.filter((i) => i === 2).length, 5);
  });

  test('the gateway lets nobody in without a valid token: 401, problem+json', async () => {
    for (const token of [undefined, 'wrong']) {
      const reply = await call('/products/p-lamp', token);
      assert.equal(reply.status, 401);
      assert.match(reply.type, /application\/problem\+json/);
    }
  });

  test('the gateway knows no other path: 404, problem+json', async () => {
    const reply = await call('/elsewhere', lab.token);
    assert.equal(reply.status, 404);
    assert.match(reply.type, /application\/problem\+json/);
  });

  test('a service that is gone is a 502 to the user, and back once it runs again', async () => {
    await running.kill('service-a');
    const reply = await call('/products/p-lamp', lab.token);
    assert.equal(reply.status, 502);
    await running.calm();
    assert.equal((await call('/products/p-lamp', lab.token)).status, 200);
  });

  test('the same seed gives the same random values', async () => {
    const other = await startLab(lab, { source: solutionSource(lab), seed: 'provided' });
    const fresh = await startLab(lab, { source: solutionSource(lab) });
    const [a, b] = [other.random('x'), fresh.random('x')];
    await Promise.all([other.stop(), fresh.stop()]);
    assert.equal(a, running.random('x'));
    assert.notEqual(a, b);
  });
});
