import { createHash } from 'node:crypto';
import { readFileSync, watch } from 'node:fs';
import { join } from 'node:path';

const hashOf = (path: string): string => {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch {
    return '';
  }
};

export interface Watching {
  onSave: (changed: string[]) => void;
  /** A file is no longer there. */
  onGone: (name: string) => void;
  /** Whether a save counts though the content is what it was: its service has stopped. */
  restarts: (name: string) => boolean;
}

/**
 * Watches files of a folder and tells whose content has changed. Editors write a file in several
 * steps, or replace it: what counts is the content a moment later.
 * @returns the function that stops watching
 */
export function watchFiles(
  folder: string,
  names: readonly string[],
  { onSave, onGone, restarts }: Watching,
): () => void {
  const hashes = new Map(names.map((name) => [name, hashOf(join(folder, name))]));
  const touched = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    const changed: string[] = [];
    for (const name of names) {
      const [before, now] = [hashes.get(name), hashOf(join(folder, name))];
      hashes.set(name, now);
      if (now === '' && before !== '') onGone(name);
      else if (now !== '' && (now !== before || (touched.has(name) && restarts(name))))
        changed.push(name);
    }
    touched.clear();
    if (changed.length > 0) onSave(changed);
  };
  const watcher = watch(folder, (_, name) => {
    if (name) touched.add(name);
    clearTimeout(timer);
    timer = setTimeout(look, 40);
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
