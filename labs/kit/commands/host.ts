import { loadLab, slugOf } from '../grade/load.ts';
import { hostLab } from '../live/open.ts';

/**
 * Runs a lab for the course's pages: a process of its own, which tells its parent as soon as the lab
 * can be found, and ends with it. `host 01 finished` runs the solution.
 */
export async function host(args: string[]): Promise<number> {
  const graded = await loadLab(slugOf(args[0]));
  const {
    host: lab,
    followed,
    close,
  } = await hostLab(graded, {
    startedBy: 'page',
    brokerUrl: process.env['BROKER_URL'],
    checkAtStart: false,
    finished: args[1] === 'finished',
  });
  const stop = (): void => void lab.stop();
  process.on('SIGINT', stop).on('SIGTERM', stop).on('disconnect', stop);
  process.send?.('open');
  // Whoever asked for it must hear why it could not start, if so.
  await Promise.race([followed, lab.ended]);
  await lab.start().catch(() => undefined);
  await lab.ended;
  await close();
  return 0;
}
