/** The embedded broker, in a process of its own so that it can be killed. MQTT 3.1.1, in memory. */
import { flushCompileCache } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { Aedes } from 'aedes';

process.on('disconnect', () => process.exit(0));
const broker = await Aedes.createBroker();
const server = createServer({ noDelay: true }, (socket) => broker.handle(socket));
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
  // Node.js keeps what it has compiled when a process ends by itself; this one is killed.
  flushCompileCache();
});
