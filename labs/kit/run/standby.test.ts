/** A second bus stands by: who moves to it, what it knows, and that all is as before afterwards. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { Inconclusive } from '../grade/errors.ts';
import { Tools } from '../grade/tools.ts';
import type { HopLine, Line, NoteLine } from '../wire/journal.ts';
import { brokerFor } from './broker.ts';
import { findMosquitto, mosquittoMissing } from './find-mosquitto.ts';
import { startLab, type RunningLab } from './running-lab.ts';
import { solutionSource } from './sources.ts';
import { movers, pairedLab, pairedSource } from './testing/paired-lab.ts';
import { childrenOf, listens, portsOf, runs } from './testing/processes.ts';
import { tempFolder, type TempFolder } from './testing/temp-folder.ts';

const linux = process.platform === 'linux';
const topic = 'orders/placed/v1';

for (const brokerUrl of ['aedes', 'mosquitto']) {
  const missing = brokerUrl === 'mosquitto' && !findMosquitto();
  const skip = missing ? `Mosquitto is missing. Try: ${mosquittoMissing}` : false;
  describe(`a second ${brokerUrl} stands by`, { skip }, () => contract(brokerUrl));
}

function contract(brokerUrl: string): void {
  let folder: TempFolder;
  let running: RunningLab;
  let tools: Tools;
  const failures: string[] = [];
  const others = linux ? childrenOf(process.pid) : [];
  const ours = (): number[] => childrenOf(process.pid).filter((pid) => !others.includes(pid));

  before(async () => {
    folder = tempFolder();
    const source = pairedSource(folder);
    const onFailure = (why: string): unknown => failures.push(why);
    running = await startLab(pairedLab, { source, brokerUrl, onFailure, factor: 3 });
    tools = new Tools(running);
  });
  after(async () => {
    await running.stop();
    folder.remove();
  });

  const notes = (component: string, since: number): [string, number | undefined][] =>
    running.journal.lines
      .slice(since)
      .filter((l): l is NoteLine => l.type === 'note' && l.component === component)
      .map(({ what, instance }) => [what, instance]);

  /** Fails over, and waits for those that know where to go. */
  async function failOver(): Promise<number> {
    const since = running.journal.lines.length;
    await tools.failOver();
    assert.ok(await running.ready(movers, since), 'who knows both buses has moved');
    return since;
  }

  /** Places an order; resolves with the bus over which the warehouse heard of it. */
  async function heardOver(): Promise<number[]> {
    const { run } = await tools.act('place-order', { id: running.random('o') });
    const acknowledged = ({ from, kind }: HopLine): boolean =>
      from === 'warehouse' && kind === 'puback';
    assert.ok(await tools.seen(run, acknowledged, 3_000), 'the warehouse has heard');
    const hops = run.hops.filter(
      (hop) => hop.via === 'mqtt' && movers.some((name) => [hop.from, hop.to].includes(name)),
    );
    return [...new Set(hops.map(({ instance }) => instance ?? 0))];
  }

  test('until it is told to serve it refuses everybody', async () => {
    assert.deepEqual(await heardOver(), [1]);
    const { url } = running.network.bus('warehouse', 'standby');
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
    socket.on('error', () => undefined);
    await once(socket, 'close');
    const second = running.journal.lines.filter((l) => l.type !== 'mark' && l.instance === 2);
    assert.deepEqual(second, []);
  });

  test('after a failover orders and what the grader publishes go over it', async () => {
    const since = await failOver();
    assert.equal(running.busUp, true);
    assert.deepEqual(notes('event-bus', since), [
      ['killed', 1],
      ['started', 2],
    ]);
    assert.deepEqual(await heardOver(), [2]);
    const id = running.random('o');
    const data = { orderId: id, productId: 'p-lamp', quantity: 1 };
    const { run } = await tools.publish(topic, id, { source: '/grader', id, data });
    assert.ok(await tools.seen(run, ({ to }) => to === 'warehouse', 3_000));
  });

  test('a calm lab is on its first bus, and everybody is there', async () => {
    const since = running.journal.lines.length;
    await running.calm();
    assert.deepEqual(notes('event-bus', since), [
      ['killed', 2],
      ['started', 1],
    ]);
    assert.ok(await running.ready(undefined, since));
    assert.deepEqual(await heardOver(), [1]);
  });

  test('whoever is cut off stays so, whichever bus comes up, until it is let back', async () => {
    const cut = [running.network.bus('warehouse'), running.network.bus('warehouse', 'standby')];
    for (const tap of cut) {
      tap.shut();
      tap.cut();
    }
    const since = running.journal.lines.length;
    const isBack = (): boolean => notes('warehouse', since).some(([what]) => what === 'connack');
    await tools.failOver();
    assert.ok(await running.ready(['order-service'], since));
    assert.equal(isBack(), false);
    const mended = running.journal.lines.length;
    await running.mendBus();
    assert.ok(await running.ready(['order-service'], mended));
    assert.equal(isBack(), false);
    for (const tap of cut) tap.open();
    assert.ok(await running.ready(['warehouse'], since));
  });

  test('calm takes every fault away, unless they are to last', async () => {
    const { faults } = running.network.http[0]!;
    faults.inject({ kind: 'reset' });
    await running.calm({ faults: true });
    assert.ok(faults.take(''));
    await running.calm();
    assert.equal(faults.take(''), undefined);
  });

  test('the next time it knows nothing of the time before', async () => {
    const since = await failOver();
    const connacks = running.journal.lines
      .slice(since)
      .filter((l: Line): l is NoteLine => l.type === 'note' && l.what === 'connack');
    const warehouse = connacks.find((l) => l.component === 'warehouse' && l.instance === 2);
    assert.equal(warehouse?.facts?.['sessionPresent'], false);
  });

  test('it can die as well: then nobody serves until the first is mended', async () => {
    const since = running.journal.lines.length;
    await tools.breakBus();
    assert.equal(running.busUp, false);
    await assert.rejects(tools.publishAgain(topic, {}), Inconclusive);
    await running.mendBus();
    assert.deepEqual(notes('event-bus', since), [
      ['killed', 2],
      ['started', 1],
    ]);
    await running.calm();
    assert.deepEqual(await heardOver(), [1]);
  });

  test(
    'that it stopped by itself is told as of any broker',
    { skip: linux ? false : 'needs /proc' },
    async () => {
      const known = ours();
      await failOver();
      const standby = ours().find((pid) => !known.includes(pid));
      const since = running.journal.lines.length;
      process.kill(standby!, 'SIGKILL');
      const crashed = (line: Line): boolean => line.type === 'note' && line.what === 'crashed';
      await running.journal.waitFor(crashed, { timeout: 10_000, since });
      const words = `${brokerUrl}, the lab’s standby broker, stopped by itself.`;
      assert.equal(running.failure, words);
      assert.deepEqual(failures, [words]);
      assert.ok(notes('event-bus', since).some(([what, at]) => what === 'crashed' && at === 2));
      assert.equal(running.busUp, false);
      await running.calm();
      assert.equal(running.failure, undefined);
    },
  );

  test('stopped while it serves, the lab leaves no process and no port', async () => {
    await failOver();
    const [pids, ports] = [linux ? ours() : [], portsOf(running)];
    if (linux) assert.ok(pids.length > 0);
    await running.stop();
    assert.deepEqual(pids.filter(runs), []);
    assert.deepEqual((await Promise.all(ports.map(listens))).filter(Boolean), []);
  });
}

test('on a broker that is not ours a failover is inconclusive', async (t) => {
  const broker = brokerFor('aedes', '');
  const { host, port } = await broker.start();
  const source = solutionSource(pairedLab);
  const running = await startLab(pairedLab, { source, brokerUrl: `mqtt://${host}:${port}` });
  t.after(async () => {
    await running.stop();
    await broker.kill();
  });
  await assert.rejects(new Tools(running).failOver(), Inconclusive);
  await assert.rejects(running.failOver(), /no failover: got 127\.0\.0\.1:\d+, expected a broker/);
  assert.equal(running.busUp, true);
});

test('a lab with one bus has none to fail over to, and nobody hears of one', async (t) => {
  const { standby: _, ...lab } = pairedLab;
  const running = await startLab(lab, { source: solutionSource(lab) });
  t.after(() => running.stop());
  await assert.rejects(running.failOver(), /got a lab with one bus, expected a second/);
  assert.throws(() => running.network.bus('warehouse', 'standby'), /got warehouse and the standby/);
  assert.deepEqual(
    Object.keys(running.network.environment('warehouse', 1)).filter((name) => name.includes('BUS')),
    ['EVENT_BUS_URL'],
  );
  assert.ok(running.journal.lines.every((line) => line.type === 'mark' || !('instance' in line)));
});
