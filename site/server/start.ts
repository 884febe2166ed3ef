/** What `npm start` runs: builds the pages if they are stale, serves them, says where. */
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { AddressInfo, Server } from 'node:net';
import { addressOf, createApp } from './app.ts';
import { buildSite, BuildError, dist } from './build.ts';
import { createLabApi } from './lab/api.ts';
import { listenProblem, parsePort } from './port.ts';
import { createToken } from './token.ts';

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function portOrFail(): number {
  try {
    return parsePort(process.env['PORT']);
  } catch (error) {
    return fail((error as Error).message);
  }
}

/** Listening comes first: a taken port is told at once, not after a build. Requests wait for `app`. */
async function listen(port: number, app: Promise<Hono>): Promise<{ server: Server; port: number }> {
  const server = createAdaptorServer({
    fetch: async (request, env) => (await app).fetch(request, env),
  }) as Server;
  await new Promise<void>((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => fail(listenProblem(port, error.code)));
    server.listen(port, '127.0.0.1', resolve);
  });
  return { server, port: (server.address() as AddressInfo).port };
}

async function buildOrFail(): Promise<void> {
  try {
    const { built, seconds } = await buildSite(() => process.stdout.write('Building the pages … '));
    if (built) process.stdout.write(`done in ${seconds.toFixed(1)} s.\n`);
  } catch (error) {
    process.stdout.write('\n');
    fail(error instanceof BuildError ? error.message : String((error as Error).stack));
  }
}

const app = Promise.withResolvers<Hono>();
const { server, port } = await listen(portOrFail(), app.promise);
const token = createToken();
const labs = createLabApi({ origin: addressOf(port), token, port });

/** Ends the labs that were started here, then us; asked twice, at once. */
let isEnding = false;
function end(): void {
  if (isEnding) process.exit(0);
  isEnding = true;
  // Open connections are a reader's idle browser: nothing worth waiting for.
  server.close();
  void labs.close().finally(() => process.exit(0));
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
// A test that started us and died, even by `kill -9`, closes this channel.
if (process.connected) process.on('disconnect', end);

await buildOrFail();
app.resolve(createApp({ dist, port, token, labs: labs.app }));

process.stdout.write(`
Nine Hops is ready: ${addressOf(port)}/?token=${token}

  Open that address in your browser and start with chapter 1. The token lets that browser
  run labs; it is new at each start.
  In a second terminal, npm run lab 01 shows the same lab.
  Ctrl-C here ends it, and every lab that was started from a page.
`);
