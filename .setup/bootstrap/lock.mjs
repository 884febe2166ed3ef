import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { say } from './message.mjs';

const POLL_MS = 200;
const BEAT_MS = 1000;
// A process id may be given out again, so a holder must also beat. Polls are counted, not a clock:
// a machine that slept wakes with an old beat and a live holder.
const POLLS_WITHOUT_BEAT = 75;

/**
 * Runs a task while holding a lock file. Another living holder is waited for, and that is said
 * once; a dead one's lock is taken over.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} task
 * @returns {Promise<T>} what the task returned; its error passes through, the lock is freed
 */
export async function withLock(file, task) {
  await acquire(file);
  const beat = setInterval(() => touch(file), BEAT_MS);
  beat.unref();
  const release = () => rmSync(file, { force: true });
  const stop = () => {
    release();
    process.exit(130);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    return await task();
  } finally {
    clearInterval(beat);
    process.off('SIGINT', stop).off('SIGTERM', stop);
    release();
  }
}

/** @param {string} file */
async function acquire(file) {
  let said = false;
  let lastBeat = -1;
  let quietPolls = 0;
  while (!tryCreate(file)) {
    const { pid, beat } = read(file);
    quietPolls = beat === lastBeat ? quietPolls + 1 : 0;
    lastBeat = beat;
    const quiet = quietPolls >= POLLS_WITHOUT_BEAT;
    if (pid !== undefined && (quiet || (pid > 0 && !isAlive(pid)))) {
      if (takeOver(file, pid)) return;
    } else if (!said && pid) {
      said = true;
      say(`another command (process ${pid}) is installing; waiting for it`);
    }
    await pause(POLL_MS);
  }
}

/** @param {string} file */
function tryCreate(file) {
  try {
    writeFileSync(file, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * The holder (0 while its file is still empty) and its last beat; no pid if the lock is gone.
 * @param {string} file
 */
function read(file) {
  try {
    return { pid: Number(readFileSync(file, 'utf8')) || 0, beat: statSync(file).mtimeMs };
  } catch {
    return { pid: undefined, beat: -1 };
  }
}

/**
 * Replaces a dead holder by this process. The folder beside the lock lets one process at a time
 * do so; otherwise a second one could take the lock from the first that just took it over.
 * @param {string} file
 * @param {number} deadPid
 */
function takeOver(file, deadPid) {
  const guard = `${file}.takeover`;
  try {
    mkdirSync(guard);
  } catch {
    removeOldGuard(guard);
    return false;
  }
  try {
    if (read(file).pid !== deadPid) return false;
    const mine = `${file}.${process.pid}`;
    writeFileSync(mine, `${process.pid}\n`);
    renameSync(mine, file);
    return true;
  } finally {
    rmSync(guard, { recursive: true, force: true });
  }
}

/** @param {string} guard */
function removeOldGuard(guard) {
  const age = Date.now() - (statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  if (age > 10_000) rmSync(guard, { recursive: true, force: true });
}

/** @param {string} file */
function touch(file) {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // Deleted by hand: the install goes on, and what it wrote is checked by its stamp.
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
