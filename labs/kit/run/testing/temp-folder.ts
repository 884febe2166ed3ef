import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runsFolder } from '../paths.ts';

/** A folder inside the course, where services find their packages; `write` returns a file's path. */
export interface TempFolder {
  path: string;
  write: (name: string, text: string) => string;
  remove: () => void;
}

export function tempFolder(): TempFolder {
  mkdirSync(join(runsFolder, 'tmp'), { recursive: true });
  const path = mkdtempSync(join(runsFolder, 'tmp', 'test-'));
  return {
    path,
    write: (name, text) => {
      const file = join(path, name);
      writeFileSync(file, text);
      return file;
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
