import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';

const rounds = 15;

/**
 * How much slower than an idle one this machine is right now: 1 to 20. Deadlines are multiplied by it.
 * It compares the median loopback HTTP exchange with 1 ms, and how late a 5 ms timer fires with 10 ms.
 */
export async function calibrate(): Promise<number> {
  const server = createServer((_, res) => res.end('x')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const times: number[] = [];
  for (let i = 0; i < rounds; i += 1) {
    const began = performance.now();
    await new Promise<void>((resolve, reject) =>
      get({ host: '127.0.0.1', port, agent: false }, (res) => res.resume().on('end', resolve)).on(
        'error',
        reject,
      ),
    );
    times.push(performance.now() - began);
  }
  server.close();
  let lag = 0;
  for (let i = 0; i < 4; i += 1) {
    const began = performance.now();
    // Nothing is waited for here: how late this timer fires is what is measured.
    await new Promise((resolve) => setTimeout(resolve, 5));
    lag = Math.max(lag, performance.now() - began - 5);
  }
  const median = times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 1;
  return Math.round(Math.min(20, Math.max(1, median, 1 + lag / 10)) * 10) / 10;
}
