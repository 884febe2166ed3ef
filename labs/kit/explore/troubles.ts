import type { HttpFault, Injected } from '../wire/faults.ts';
import type { HopLine, Line } from '../wire/journal.ts';
import type { MqttRule } from '../wire/mqtt-rules.ts';
import type { Tools } from '../grade/tools.ts';
import type { Trouble } from './exploration.ts';

type Apply = Trouble['apply'];

/**
 * A fault on an HTTP edge, on each of its taps.
 * @param first only the first N exchanges of each tap are hit
 */
export const onEdge =
  (
    from: string,
    to: string,
    fault: HttpFault,
    options?: { first?: number; text?: string },
  ): Apply =>
  (t) => {
    const taps = t.lab.network.edge(from, to);
    const all: Injected[] = taps.map((tap) => tap.faults.inject(fault, options));
    return {
      get hits() {
        return all.reduce((sum, { hits }) => sum + hits, 0);
      },
    };
  };

/** A fault on the connection between a client and the bus. */
export const onBus =
  (client: string, rule: MqttRule): Apply =>
  (t) =>
    t.lab.network.bus(client).rules.inject(rule);

/** A learner's service is killed, and is back before anything else happens. */
export const restarts =
  (component: string): Apply =>
  async (t) => {
    await inTurn(() => t.lab.restart(component));
    return { hits: 1 };
  };

/** A learner's service is killed, and stays away until the end. */
export const away =
  (component: string): Apply =>
  async (t) => {
    await inTurn(() => t.lab.kill(component));
    return { hits: 1 };
  };

/** A client of the bus is killed when it has sent a certain packet, which is lost; then it is back. */
export const diesAt =
  (client: string, rule: Omit<MqttRule, 'fault' | 'first'>): Apply =>
  (t) => {
    let [isOver, hits] = [false, 0];
    let back: Promise<unknown> = Promise.resolve();
    const reached = (): Promise<unknown> | void => {
      if (isOver) return undefined;
      hits += 1;
      back = inTurn(() => t.lab.restart(client));
      return back;
    };
    void onBus(client, { ...rule, first: 1, fault: { kind: 'hold', reached } })(t);
    return {
      get hits() {
        return hits;
      },
      undo: () => {
        isOver = true;
        return back;
      },
    };
  };

/** The databases of each lab that a trouble keeps from being written to: none is locked twice. */
const held = new WeakMap<Tools['lab'], Set<string>>();

/** Nobody can write to a database, until a moment after a hop has come that makes a service want to. */
export const locked =
  (database: string, wants: (hop: HopLine) => boolean): Apply =>
  (t) => {
    const { journal, factor } = t.lab;
    const locks = held.get(t.lab) ?? new Set();
    held.set(t.lab, locks);
    // A lock of our own must not be taken for a service that keeps its database to itself.
    if (locks.has(database)) return { hits: 0 };
    const unlock = t.lock(database);
    locks.add(database);
    const release = onlyOnce(() => {
      locks.delete(database);
      unlock();
    });
    let hits = 0;
    const stop = journal.follow((line: Line) => {
      if (line.type !== 'hop' || !wants(line)) return;
      hits += 1;
      stop();
      // Well below the second that a service waits for its database.
      setTimeout(release, Math.min(80 * factor, 400));
    });
    return {
      get hits() {
        return hits;
      },
      undo: () => {
        stop();
        release();
      },
    };
  };

function onlyOnce(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    work();
  };
}

let last: Promise<unknown> = Promise.resolve();

/** A service that two troubles start at the same time would run twice: one after the other. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.then(work);
  last = mine.catch(() => undefined);
  return mine;
}
