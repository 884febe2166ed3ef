/** A lab can be followed from another process of the same user, and from nobody else's. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, test } from 'node:test';
import type { Command, LabLink, LiveEvent } from './events.ts';
import { reachLab, serveLab, Silence, type Address } from './wire.ts';

const past: LiveEvent[] = [{ is: 'begin' }, { is: 'bus', up: true }, { is: 'live' }];
let asked: Command[];
let nextAsked: PromiseWithResolvers<void>;
let followers: Set<(event: LiveEvent) => void>;
let served: Address & { close: () => void };

const lab: LabLink = {
  follow(listener) {
    past.forEach(listener);
    followers.add(listener);
    return () => followers.delete(listener);
  },
  do(command) {
    asked.push(command);
    nextAsked.resolve();
  },
  ended: new Promise(() => undefined),
};

beforeEach(async () => {
  asked = [];
  nextAsked = Promise.withResolvers();
  followers = new Set();
  served = await serveLab(lab);
});
afterEach(() => served.close());

/** Resolves with the events so far, as soon as there are so many. */
function hear(link: LabLink, count: number): Promise<LiveEvent[]> {
  const heard: LiveEvent[] = [];
  return new Promise((resolve) => {
    link.follow((event) => heard.push(event) === count && resolve(heard));
  });
}

test('a follower hears what was, then what happens, whole and in order', async () => {
  const remote = await reachLab(served);
  const heard = hear(remote, 1_003);
  await hear(await reachLab(served), 3);
  const said = Array.from({ length: 1_000 }, (_, i): LiveEvent => ({
    is: 'said',
    text: `${i} “ä”\n${'.'.repeat(i)}`,
  }));
  // The first follower was let in before the second: both hear everything.
  for (const event of said) followers.forEach((tell) => tell(event));
  assert.deepEqual(await heard, [...past, ...said]);
  remote.close();
});

test('what a follower asks for reaches the lab', async () => {
  const remote = await reachLab(served);
  remote.do({ do: 'act', action: 'read-product' });
  await nextAsked.promise;
  assert.deepEqual(asked, [{ do: 'act', action: 'read-product' }]);
  remote.close();
});

const strangers = [
  ['a wrong token', 'guessed\n{"do":"stop"}\n'],
  ['a browser', 'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n{"do":"stop"}\n'],
  ['a line without end', 'x'.repeat(10_000)],
] as const;
for (const [who, says] of strangers)
  test(`${who} is cut off, hears nothing and asks nothing`, async () => {
    const socket = connect({ host: '127.0.0.1', port: served.port });
    let heard = '';
    socket.on('error', () => undefined).on('data', (data: Buffer) => (heard += data.toString()));
    socket.write(says);
    await once(socket, 'close');
    assert.equal(heard, '');
    assert.deepEqual(asked, []);
    assert.equal(followers.size, 0);
  });

test('a follower that sends a line without end is cut off', { timeout: 20_000 }, async () => {
  const socket = connect({ host: '127.0.0.1', port: served.port });
  socket.on('error', () => undefined).resume();
  socket.write(`${served.token}\n${'x'.repeat(10_000)}`);
  await once(socket, 'close');
  assert.equal(followers.size, 0);
});

test('a follower that does not read is cut off', { timeout: 20_000 }, async () => {
  const socket = connect({ host: '127.0.0.1', port: served.port });
  socket.on('error', () => undefined).write(`${served.token}\n`);
  // In its first words it has been let in; then it stops reading.
  await once(socket, 'readable');
  const said: LiveEvent = { is: 'said', text: '.'.repeat(1_000_000) };
  for (let n = 0; n < 64; n += 1) followers.forEach((tell) => tell(said));
  socket.resume();
  await once(socket, 'close');
  assert.equal(followers.size, 0);
});

test('a line that is no command does no harm', async () => {
  const socket = connect({ host: '127.0.0.1', port: served.port });
  socket.write(`${served.token}\nnonsense\n{"do":"mend"}\n`);
  await nextAsked.promise;
  assert.deepEqual(asked, [{ do: 'mend' }]);
  socket.destroy();
});

test('when the lab’s process closes, followers know', async () => {
  const remote = await reachLab(served);
  await hear(remote, 3);
  served.close();
  await remote.ended;
});

test('nobody there is an error', async () => {
  const { port, token } = served;
  served.close();
  await assert.rejects(reachLab({ port, token }), { code: 'ECONNREFUSED' });
});

/** Another program that has got the port of a lab that is gone. */
async function stranger(words: string | undefined): Promise<Address & { close: () => void }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    if (words !== undefined) socket.once('data', () => socket.end(words));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { port, token: 'old', close: () => void server.close() };
}

for (const words of ['HTTP/1.1 400 Bad Request\r\n\r\n', '{}\n', '{"is":"live"}\nnull\n', ''])
  test(`somebody who is no lab is an error: ${JSON.stringify(words)}`, async () => {
    const other = await stranger(words);
    await assert.rejects(reachLab(other), /got no lab at the address/);
    other.close();
  });

test('somebody who says nothing is told apart: it may be a lab that is held up', async () => {
  const other = await stranger(undefined);
  await assert.rejects(reachLab(other, 50), Silence);
  other.close();
});
