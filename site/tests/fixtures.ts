import { test as base, expect } from '@playwright/test';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../server/start.ts', import.meta.url));

interface WorkerFixtures {
  /** The address of this worker's own course server, without a slash at the end. */
  address: string;
}

interface TestFixtures {
  /** What must stay empty: console errors, broken policies, requests that leave the origin. */
  trouble: string[];
}

/**
 * Starts the course server as a learner does, which builds the pages if they are stale. It listens on
 * a free port, says which, and ends with the worker: its channel closes.
 */
async function startServer(): Promise<{ address: string; stop: () => Promise<void> }> {
  const child = fork(script, { env: { ...process.env, PORT: '0' }, silent: true });
  let output = '';
  const address = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
        const [, found] = /ready: (http:\/\/\S+)\/\n/.exec(output) ?? [];
        if (found) resolve(found);
      });
    }
    child.once('exit', (code) => {
      reject(new Error(`[course server] it ended with ${code} before it was ready:\n${output}`));
    });
  });
  const stop = async () => {
    const gone = once(child, 'exit');
    child.kill();
    await gone;
  };
  return { address, stop };
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  address: [
    // Playwright reads a fixture's needs from this pattern, even where there are none.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const { address, stop } = await startServer();
      await use(address);
      await stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ address }, use) => use(address),
  // Every test fails on them, whether it asks for the list or not.
  trouble: [
    async ({ page, address }, use) => {
      const trouble: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') trouble.push(`console: ${message.text()}`);
      });
      page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
      page.on('request', (request) => {
        if (!request.url().startsWith(`${address}/`)) trouble.push(`left: ${request.url()}`);
      });
      await use(trouble);
      expect(trouble).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** The pages there are, as a reader finds them: by following links from the home page. */
export const pages = ['/', '/01-nine-hops/learn/', '/01-nine-hops/visualize/'] as const;
