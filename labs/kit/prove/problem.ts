/** One thing that is wrong with a chapter: where, what, and the command to go on with. */
export interface Problem {
  where: string;
  what: string;
  next: string;
}

/** A problem as it is told; one that is a text already says where, what and what to try. */
export function tell(problem: Problem | string): string {
  if (typeof problem === 'string') return problem;
  const { where, what, next } = problem;
  return `[${where}] ${what.trimEnd().replace(/\.$/, '')}. Try: ${next}`;
}

/** What a proof says: its name, and what is wrong if it failed; `skipped` tells why it was not run. */
export interface Proof {
  name: string;
  problems: readonly (Problem | string)[];
  skipped?: string;
}
