import { existsSync } from 'node:fs';
import type { Lab } from '../run/define.ts';
import { learnerSource, learnerFiles } from '../run/sources.ts';

/** @throws if a file that the learner edits is not there, naming it and what brings it back */
export function missingSources(lab: Lab): void {
  const missing = learnerFiles(lab).filter((file) => !existsSync(learnerSource(lab)(file)));
  if (missing.length > 0)
    throw new Error(
      `[lab] files are missing: got no labs/${lab.slug}/src/${missing.join(', ')}, expected the files that you edit. Try: npm run lab reset ${lab.slug.slice(0, 2)}`,
    );
}
