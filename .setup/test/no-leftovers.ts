// Loaded into each process of `node --test`: a file whose tests are done but that keeps a server or a
// timer open would be waited for without end and without a name.
import { after } from 'node:test';

const GRACE_MS = 5000;

if (process.env['NODE_TEST_CONTEXT'] === 'child-v8') {
  after(() => {
    const timer = setTimeout(() => {
      // Pipes are its own output.
      const open = process.getActiveResourcesInfo().filter((name) => name !== 'PipeWrap');
      process.stderr.write(
        `[test] all tests are done, but something goes on: got ${open.join(', ')}, ` +
          'expected nothing. Try: close servers, clients and timers in after()\n',
      );
      process.exit(1);
    }, GRACE_MS);
    timer.unref();
  });
}
