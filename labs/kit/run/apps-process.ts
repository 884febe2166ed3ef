/**
 * Runs Hono apps in a process of their own. Its argument is a JSON list of apps; each module is
 * imported after its own variables are set, and served on a free loopback port. The ports go back
 * through the channel. When the channel closes, the process ends: its parent is gone.
 */
import { serve } from '@hono/node-server';
import { subscribe } from 'node:diagnostics_channel';
import { flushCompileCache } from 'node:module';
import type { AddressInfo, Socket } from 'node:net';
import { pathToFileURL } from 'node:url';

interface App {
  name: string;
  file: string;
  env: Record<string, string>;
}

// Small messages, each sent at once: without it one waits some 40 ms for the receipt of the one before
// (Nagle's algorithm, RFC 896, and the delayed acknowledgement of RFC 1122, section 4.2.3.2).
subscribe('net.client.socket', (message) => {
  (message as { socket: Socket }).socket.setNoDelay(true);
});

process.on('disconnect', () => process.exit(0));
const apps = JSON.parse(process.argv[2] ?? '[]') as App[];
for (const [index, app] of apps.entries()) {
  Object.assign(process.env, app.env);
  const module = (await import(`${pathToFileURL(app.file).href}?i=${index}`)) as {
    default?: { fetch?: Parameters<typeof serve>[0]['fetch'] };
  };
  if (typeof module.default?.fetch !== 'function')
    throw new Error(
      `[${app.name}] no app: got ${typeof module.default} as the default export, expected a Hono app. Try: export default app;`,
    );
  const port = await new Promise<number>((resolve) => {
    const server = serve({ fetch: module.default!.fetch!, port: 0, hostname: '127.0.0.1' }, () =>
      resolve((server.address() as AddressInfo).port),
    );
    // Longer than a tap keeps an idle connection, so that none is closed under a request.
    if ('keepAliveTimeout' in server) server.keepAliveTimeout = 90_000;
    server.on('connection', (socket: Socket) => socket.setNoDelay(true));
  });
  process.send?.({ name: app.name, port });
}
// Node.js keeps what it has compiled when a process ends by itself; a service is killed.
flushCompileCache();
