import { existsSync } from 'node:fs';
import type { Lab } from '../run/define.ts';
import { learnerSource, serviceFiles } from '../run/sources.ts';

/** @throws if a service that the learner edits is not there, naming it and what brings it back */
export function missingSources(lab: Lab): void {
  const missing = serviceFiles(lab).filter((file) => !existsSync(learnerSource(lab)(file)));
  if (missing.length > 0)
    throw new Error(
      `[lab] files are missing: got no labs/${lab.slug}/src/${missing.join(', ')}, expected the services that you edit. Try: npm run lab reset ${lab.slug.slice(0, 2)}`,
    );
}
