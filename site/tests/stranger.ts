import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page of somebody else, on this machine too: another port is another origin. */
export interface Stranger {
  /** `sameSite` for the course's cookie is the same site, `otherSite` is not. */
  origins: { sameSite: string; otherSite: string };
  stop: () => Promise<void>;
}

/** Serves this HTML at every path. */
export async function startStranger(html: string): Promise<Stranger> {
  const server = createServer((_, reply) => {
    reply.writeHead(200, { 'content-type': 'text/html' }).end(html);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origins: { sameSite: `http://127.0.0.1:${port}`, otherSite: `http://localhost:${port}` },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
