import { createHash } from 'node:crypto';
import { readFileSync, statSync, watch, type FSWatcher } from 'node:fs';
import { join } from 'node:path';

const hashOf = (path: string): string => {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch {
    return '';
  }
};

/** What files hold, by name: to tell later what has changed. */
export const contentsOf = (folder: string, names: readonly string[]): Map<string, string> =>
  new Map(names.map((name) => [name, hashOf(join(folder, name))]));

/** Tells a folder from another that has taken its place; undefined if there is none. */
function identityOf(folder: string): string | undefined {
  const found = statSync(folder, { throwIfNoEntry: false });
  // A number alone is given to the next folder at once.
  return found && `${found.ino} ${found.birthtimeMs}`;
}

/** A save is told once it is this old; a folder that went away is looked for this often. */
const settled = 40;
const lookAgain = 300;

export interface Watching {
  onSave: (changed: string[]) => void;
  /** A file is no longer there. */
  onGone: (name: string) => void;
  /** Whether a save counts though the content is what it was: its service has stopped. */
  restarts: (name: string) => boolean;
}

/**
 * Watches files of a folder and tells whose content has changed. Editors write a file in several
 * steps, or replace it: what counts is the content a moment later. A folder that goes and comes back, as
 * version control may have it, is watched again.
 * @param before what they held when they were read last; now, if not given
 * @returns the function that stops watching
 */
export function watchFiles(
  folder: string,
  names: readonly string[],
  { onSave, onGone, restarts }: Watching,
  before: ReadonlyMap<string, string> = contentsOf(folder, names),
): () => void {
  const hashes = new Map(before);
  const touched = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let watcher: FSWatcher | undefined;
  let watched: string | undefined;
  const soon = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(look, ms);
  };
  const follow = (): void => {
    watcher?.close();
    watcher = undefined;
    watched = identityOf(folder);
    if (watched === undefined) return;
    watcher = watch(folder, (_, name) => {
      if (name) touched.add(name);
      soon(settled);
    }).on('error', () => soon(settled));
  };
  const look = (): void => {
    if (identityOf(folder) !== watched) follow();
    const changed: string[] = [];
    for (const name of names) {
      const [then, now] = [hashes.get(name), hashOf(join(folder, name))];
      hashes.set(name, now);
      if (now === '' && then !== '') onGone(name);
      else if (now !== '' && (now !== then || (touched.has(name) && restarts(name))))
        changed.push(name);
    }
    touched.clear();
    if (watched === undefined) soon(lookAgain);
    if (changed.length > 0) onSave(changed);
  };
  follow();
  soon(settled);
  return () => {
    clearTimeout(timer);
    watcher?.close();
  };
}
