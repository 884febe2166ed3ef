import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Check } from '../../kit/grade/check.ts';
import { Inconclusive } from '../../kit/grade/errors.ts';

/**
 * Milliseconds that this process may stand still. The order service has to keep limits of 300 ms and a
 * second by its own clock, so a machine that stops for long makes a right service late.
 */
const stall = 80;
const attempts = 3;

/**
 * A check that is run again, with a fresh order service, if it failed while the machine stood still, or
 * was too slow to say anything.
 * A failure on a machine that runs is one at once, and so is a crash.
 */
export const patient = (check: Check): Check => ({
  ...check,
  async run(t) {
    for (let attempt = 1; ; attempt += 1) {
      const delay = monitorEventLoopDelay({ resolution: 10 });
      delay.enable();
      try {
        return await check.run(t);
      } catch (error) {
        const stood = Math.round(delay.max / 1e6);
        const isSlow = stood >= stall || error instanceof Inconclusive;
        if (attempt === attempts || !isSlow || t.lab.apps.crashes.size > 0) throw error;
        t.lab.journal.note('user', 'again', `this machine stood still for ${stood} ms`);
        t.measured.length = 0;
        t.lab.witness.runs.endAll();
        t.lab.network.clearFaults();
        await t.lab.restart('order-service');
      } finally {
        delay.disable();
      }
    }
  },
});
