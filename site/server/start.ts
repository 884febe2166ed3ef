/** What `npm start` runs: builds the pages if they are stale, serves them, says where. */
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { AddressInfo, Server } from 'node:net';
import { addressOf, createApp } from './app.ts';
import { buildSite, BuildError, dist } from './build.ts';
import { listenProblem, parsePort } from './port.ts';

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
const { port } = await listen(portOrFail(), app.promise);

// Nothing is worth waiting for at the end: open connections are a reader's idle browser.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.exit(0));
}
// A test that started us and died, even by `kill -9`, closes this channel.
if (process.connected) process.on('disconnect', () => process.exit(0));

await buildOrFail();
app.resolve(createApp({ dist, port }));

process.stdout.write(`
Nine Hops is ready: ${addressOf(port)}/

  Open that address in your browser and start with chapter 1.
  Then, in a second terminal: npm run lab 01
  Ctrl-C here ends it.
`);
