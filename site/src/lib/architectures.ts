import type { Architecture } from '../../../labs/kit/flow/types.ts';

const files = import.meta.glob<Architecture>('../../../labs/*/flow.ts', {
  import: 'default',
  eager: true,
});

/** The architecture that a chapter shows, if it has one. */
export const architectureOf = (chapter: string): Architecture | undefined =>
  files[`../../../labs/${chapter}/flow.ts`];
