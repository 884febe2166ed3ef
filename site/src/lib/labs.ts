import type { Check, Task } from '../../../labs/kit/grade/check.ts';
import type { Lab } from '../../../labs/kit/run/define.ts';

const labs = import.meta.glob<Lab>('../../../labs/*/lab.ts', { import: 'default', eager: true });
const graded = import.meta.glob<{ tasks: Task[]; checks: Check[] }>(
  '../../../labs/*/checks/index.ts',
  { eager: true },
);
const readmes = import.meta.glob<{ compiledContent: () => Promise<string> }>(
  '../../../labs/*/README.md',
  { eager: true },
);

/** What a project page shows of a lab. */
export interface ShownLab {
  lab: Lab;
  tasks: readonly Task[];
  checks: readonly Check[];
  /** The lab's README as HTML. */
  readme: string;
}

/** The lab of a chapter. Stops the build if there is none. */
export async function labOf(chapter: string): Promise<ShownLab> {
  const folder = `../../../labs/${chapter}`;
  const lab = labs[`${folder}/lab.ts`];
  const checks = graded[`${folder}/checks/index.ts`];
  const readme = readmes[`${folder}/README.md`];
  if (!lab || !checks || !readme)
    throw new Error(`[labs/${chapter}] got no lab with checks and a README, expected one.`);
  return {
    lab,
    tasks: checks.tasks,
    checks: checks.checks,
    readme: await readme.compiledContent(),
  };
}
