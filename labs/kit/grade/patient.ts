import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Check } from './check.ts';
import { Inconclusive } from './errors.ts';

/** Milliseconds that this process may stand still before a failure is doubted. */
const stall = 40;
const attempts = 3;

/**
 * A check for services that must keep limits by their own clock: a machine that stops for long makes a
 * right one late. A failure while the machine stood still, or one that says nothing, is no verdict yet:
 * the check runs again, with its services started anew, at most three times; the journal says so. A
 * failure on a machine that runs is a verdict at once, and so is a crash.
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
        const why = stood >= stall ? `this machine stood still for ${stood} ms` : String(error);
        t.lab.journal.note('user', 'again', why);
        t.measured.length = 0;
        t.lab.witness.runs.endAll();
        t.lab.network.clearFaults();
        for (const service of check.services) await t.lab.restart(service);
      } finally {
        delay.disable();
      }
    }
  },
});
