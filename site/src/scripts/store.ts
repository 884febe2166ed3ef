/** What the course remembers on this device, in one key of `localStorage`. */
export interface Memory {
  v: 1;
  /** When a lesson was last opened, in ms, by `<chapter>/<mode>`. */
  seen: Record<string, number>;
  /** The chosen option, by `<chapter>/<question>`. */
  answers: Record<string, string>;
  /** `knew` or `not-yet`, by `<chapter>/<card>`. */
  recalled?: Record<string, string>;
  /** Whether challenges show their clock; they do if it is not here. */
  clock?: 'on' | 'off';
}

const key = 'nine-hops';

/** What is remembered, or undefined where that can't be read: then it isn't ours to write either. */
function read(): Memory | undefined {
  try {
    const found = JSON.parse(localStorage.getItem(key) ?? '{"v":1}');
    for (const part of ['seen', 'answers']) {
      if ((found[part] ??= {}).constructor !== Object) return undefined;
    }
    return found.v === 1 ? found : undefined;
  } catch {
    return undefined;
  }
}

/** What is remembered; empty where nothing is, or nothing that this version understands. */
export const load = (): Memory => read() ?? { v: 1, seen: {}, answers: {} };

/**
 * Changes what is remembered, read anew so that two tabs don't undo each other. Fields that this
 * version doesn't know stay. Where the storage is off, full, broken or of a newer version, nothing
 * is written.
 */
export function save(change: (memory: Memory) => void): void {
  const memory = read();
  if (!memory) return;
  change(memory);
  try {
    localStorage.setItem(key, JSON.stringify(memory));
  } catch {
    // Full, or not allowed: the course works without.
  }
}
