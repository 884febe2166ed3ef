import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the whole course. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');

/** Where runs keep what they leave: journals, results, backups. Not under version control. */
export const runsFolder = join(root, '.runs');

export const labsFolder = join(root, 'labs');

/** The folder of one lab. */
export const labFolder = (slug: string): string => join(labsFolder, slug);
