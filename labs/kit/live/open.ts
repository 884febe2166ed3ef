import { rmSync } from 'node:fs';
import type { Graded } from '../grade/load.ts';
import { removeLeftovers } from '../run/leftovers.ts';
import { holderOf, lockFile, lockLab } from '../run/lock.ts';
import { LabHost, type HostOptions } from './host.ts';
import { reachLab, serveLab, Silence, type RemoteLab } from './wire.ts';

/** The lab that another process runs, if one does and can be reached. */
export async function findLab(slug: string): Promise<RemoteLab | undefined> {
  const { port, token } = holderOf(slug, 'watching') ?? {};
  if (port === undefined || token === undefined) return undefined;
  try {
    return await reachLab({ port, token });
  } catch {
    return undefined;
  }
}

/**
 * Prepares a lab in this process, which others can then find. The caller starts it.
 * @throws if another process runs it
 */
export async function hostLab(
  graded: Graded,
  options: HostOptions,
): Promise<{ host: LabHost; followed: Promise<void>; close: () => Promise<void> }> {
  removeLeftovers();
  await removeStaleLock(graded.lab.slug);
  const host = new LabHost(graded, options);
  const served = await serveLab(host);
  try {
    const unlock = lockLab(graded.lab.slug, 'watching', {
      port: served.port,
      token: served.token,
    });
    const close = async (): Promise<void> => {
      await host.stop();
      // First the lock: whoever is cut off must not find us again.
      unlock();
      served.close();
    };
    return { host, followed: served.followed, close };
  } catch (error) {
    served.close();
    throw error;
  }
}

/**
 * A lab that has a lock can be reached; if it can't, its process is gone and another has its number.
 * One that is silent may only be held up: its lock stays.
 */
async function removeStaleLock(slug: string): Promise<void> {
  const { pid, port, token } = holderOf(slug, 'watching') ?? {};
  if (pid === undefined || pid === process.pid) return;
  try {
    if (port === undefined || token === undefined) throw new Error('no address');
    (await reachLab({ port, token })).close();
  } catch (error) {
    if (!(error instanceof Silence)) rmSync(lockFile(slug, 'watching'), { force: true });
  }
}
