import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../paths.ts';
import { tempFolder, type TempFolder } from './temp-folder.ts';

/** A course of its own, with the kit and nothing else: whoever breaks it breaks no learner's files. */
export interface CourseCopy extends TempFolder {
  /** Imports one of the copy's files. */
  load: (file: string) => Promise<unknown>;
}

export function courseCopy(): CourseCopy {
  const folder = tempFolder();
  for (const part of ['flow', 'wire', 'run'])
    cpSync(join(root, 'labs/kit', part), join(folder.path, 'labs/kit', part), {
      recursive: true,
      filter: (file) => !/\.test\.ts|testing$/.test(file),
    });
  return {
    ...folder,
    write: (name, text) => {
      mkdirSync(join(folder.path, name, '..'), { recursive: true });
      return folder.write(name, text);
    },
    load: (file) => import(pathToFileURL(join(folder.path, file)).href) as Promise<unknown>,
  };
}
