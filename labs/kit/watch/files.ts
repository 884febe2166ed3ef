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

/**
 * Calls `onSave` with the names of files whose content has changed. Editors write a file in several
 * steps, or replace it: what counts is the content a moment later.
 * @returns the function that stops watching
 */
export function watchFiles(
  folder: string,
  names: readonly string[],
  onSave: (changed: string[]) => void,
): () => void {
  const hashes = new Map(names.map((name) => [name, hashOf(join(folder, name))]));
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    const changed = names.filter((name) => {
      const hash = hashOf(join(folder, name));
      return hash !== '' && hash !== hashes.get(name);
    });
    for (const name of changed) hashes.set(name, hashOf(join(folder, name)));
    if (changed.length > 0) onSave(changed);
  };
  const watcher = watch(folder, () => {
    clearTimeout(timer);
    timer = setTimeout(look, 40);
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
