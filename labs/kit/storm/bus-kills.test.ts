import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { test } from 'node:test';
import { LabFailed } from '../grade/errors.ts';
import type { Tools } from '../grade/tools.ts';
import { BusKills } from './bus-kills.ts';

const plan = {
  orders: 9,
  kills: [
    { ready: 2, dead: 4, back: 6 },
    { ready: 8, dead: 9, back: 10 },
  ],
};

/** A lab that does nothing but write down what it is told; its clients come back when they are let. */
function made() {
  const did: string[] = [];
  const back = Promise.withResolvers<boolean>();
  const lab = {
    journal: { lines: [] },
    listening: () => new Set(['warehouse']),
    ready: async (clients: string[]) => {
      did.push(`wait for ${clients.join()}`);
      return back.promise;
    },
    busUp: true,
    failure: undefined as string | undefined,
    async breakBus() {
      lab.busUp = false;
      did.push('killed');
    },
    async mendBus() {
      lab.busUp = true;
      did.push('back');
    },
  };
  const bus = new BusKills({ lab } as unknown as Tools, plan);
  const place = async (n: number): Promise<void> => {
    await bus.before(n);
    did.push(`order ${n}`);
  };
  const failByItself = (): void => {
    lab.busUp = false;
    lab.failure = 'aedes, the lab’s broker, stopped by itself.';
  };
  return { bus, did, place, letBack: () => back.resolve(true), failByItself };
}

test('the bus is killed and comes back as its orders are placed; before a kill its clients are waited for', async () => {
  const { did, place, letBack } = made();
  const placing = [1, 2, 3, 4, 5, 6].map(place);
  await turn();
  assert.deepEqual(did.toSorted(), ['order 1', 'wait for warehouse'], 'nobody orders meanwhile');
  letBack();
  await Promise.all(placing);
  const order = ['order 2', 'order 3', 'order 4', 'order 5', 'order 6'];
  assert.deepEqual(
    did.filter((one) => order.includes(one)),
    order,
  );
  await turn();
  assert.deepEqual(
    did.filter((one) => one === 'killed' || one === 'back'),
    ['killed', 'back'],
  );
  assert.ok(did.indexOf('killed') < did.indexOf('order 5'), 'it is killed while orders go on');
});

test('while the bus is dead nobody waits for what it would bring', async () => {
  const { bus, place, letBack } = made();
  letBack();
  const never = new Promise<void>(() => undefined);
  const waiting = bus.whileUp(never);
  await place(4);
  await waiting;
  await bus.whileUp(never);
});

test('a storm that ends early leaves no dead bus', async () => {
  const { bus, did, place, letBack } = made();
  letBack();
  await place(4);
  await bus.over();
  assert.deepEqual(did.slice(-2), ['back', 'wait for warehouse']);
});

test('a bus that has died by itself was not killed, and is not brought back', async () => {
  const { bus, did, place, failByItself } = made();
  failByItself();
  await place(4);
  await assert.rejects(bus.over(), new LabFailed('aedes, the lab’s broker, stopped by itself.'));
  await assert.rejects(place(8), LabFailed);
  assert.deepEqual(did, ['order 4']);
});

test('a bus that dies by itself after the last kill fails the storm', async () => {
  const { bus, did, place, letBack, failByItself } = made();
  letBack();
  await place(1);
  failByItself();
  await assert.rejects(bus.over(), LabFailed);
  assert.deepEqual(did, ['order 1']);
});

test('an error of the bus is told to whoever waits for the end', async () => {
  const broken = new BusKills(
    {
      lab: {
        listening: () => new Set(),
        breakBus: () => Promise.reject(new Error('it lives')),
      },
    } as unknown as Tools,
    plan,
  );
  await broken.before(4);
  await assert.rejects(broken.over(), /it lives/);
});
