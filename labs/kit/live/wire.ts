import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { randomBytes } from 'node:crypto';
import type { Command, LabLink, LiveEvent } from './events.ts';
import { isSecret } from './secret.ts';

/** Where a lab that runs can be reached on this machine, and the secret that lets one in. */
export interface Address {
  port: number;
  token: string;
}

/** A lab that others can reach. */
export interface Served extends Address {
  /** Resolves when the first follower has come. */
  followed: Promise<void>;
  close: () => void;
}

/** How much may wait for a follower that doesn't read, in bytes; then it is cut off. */
const mostUnread = 8_000_000;
const longestLine = 4_096;

/**
 * Lets other processes of this user follow a lab and ask things of it: lines of JSON over a loopback
 * port. The first line must be the secret; a page that a browser shows can't say it.
 */
export async function serveLab(link: LabLink): Promise<Served> {
  const token = randomBytes(24).toString('hex');
  const sockets = new Set<Socket>();
  const first = Promise.withResolvers<void>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let stop: (() => void) | undefined;
    socket.setNoDelay(true).on('error', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      stop?.();
    });
    const unknown = setTimeout(() => socket.destroy(), 5_000);
    readLines(socket, (line) => {
      if (stop) return obey(link, line);
      clearTimeout(unknown);
      if (!isSecret(line, token)) return socket.destroy();
      stop = link.follow((event) => {
        if (socket.writableLength > mostUnread) socket.destroy();
        else socket.write(`${JSON.stringify(event)}\n`);
      });
      first.resolve();
    });
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    server.close();
    // What has been told is still sent.
    for (const socket of sockets) socket.end();
  };
  return { port, token, followed: first.promise, close };
}

/** Somebody listens there and says nothing: a lab whose process is held up, for all one can know. */
export class Silence extends Error {}

/**
 * Reaches a lab that another process runs.
 * @throws if nobody answers there, or somebody who is no lab; `Silence` if nothing is said in time
 */
export async function reachLab({ port, token }: Address, patience = 5_000): Promise<RemoteLab> {
  const socket = connect({ host: '127.0.0.1', port }).setNoDelay(true);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve).once('error', reject);
  });
  const lab = new RemoteLab(socket, token);
  const late = setTimeout(() => socket.destroy(new Silence()), patience);
  try {
    await lab.greeted;
  } finally {
    clearTimeout(late);
  }
  return lab;
}

/** A lab in another process. */
export class RemoteLab implements LabLink {
  readonly ended: Promise<void>;
  /** Resolves with the lab's first words; rejects if the connection ends without them. */
  readonly greeted: Promise<void>;
  readonly #socket: Socket;
  /** What was told before there was a follower. */
  #early: LiveEvent[] = [];
  #listener = (event: LiveEvent): void => void this.#early.push(event);

  constructor(socket: Socket, token: string) {
    this.#socket = socket;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.greeted = promise;
    let why: Error = new Error('[lab] got no lab at the address in its lock, expected one');
    socket.on('error', (error) => {
      why = error;
      socket.destroy();
    });
    this.ended = new Promise((done) =>
      socket.once('close', () => {
        reject(why);
        done();
      }),
    );
    let isGreeted = false;
    const hear = (line: string): void => {
      const event = eventIn(line);
      // Another program may have got the port of a lab that is gone.
      if (!event || (!isGreeted && event.is !== 'begin')) return void socket.destroy();
      if (!isGreeted) resolve();
      isGreeted = true;
      this.#listener(event);
    };
    readLines(socket, hear, Infinity);
    socket.write(`${token}\n`);
  }

  /** One follower for each connection: what was before comes first. */
  follow(listener: (event: LiveEvent) => void): () => void {
    for (const event of this.#early.splice(0)) listener(event);
    this.#listener = listener;
    return () => this.close();
  }

  do(command: Command): void {
    this.#socket.write(`${JSON.stringify(command)}\n`);
  }

  /** Lets go of the lab, which goes on. */
  close(): void {
    this.#socket.destroy();
  }
}

function eventIn(line: string): LiveEvent | undefined {
  try {
    const value = JSON.parse(line) as LiveEvent | null;
    return typeof value?.is === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function readLines(socket: Socket, onLine: (line: string) => void, longest = longestLine): void {
  let rest = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    if (rest.length > longest) socket.destroy();
    for (const line of lines) if (!socket.destroyed) onLine(line);
  });
}

/** A line that is no command is a mistake of ours in another version: it is left alone. */
function obey(link: LabLink, line: string): void {
  try {
    link.do(JSON.parse(line) as Command);
  } catch {
    // Nothing to tell it to.
  }
}
