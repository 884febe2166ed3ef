import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The clone's top folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** A path inside an installed package. */
export const installed = (path: string): string => join(root, 'node_modules', path);
