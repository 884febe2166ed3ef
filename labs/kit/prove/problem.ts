/** One thing that is wrong with a chapter: where, what, and the command to go on with. */
export interface Problem {
  where: string;
  what: string;
  next: string;
}

export const tell = ({ where, what, next }: Problem): string =>
  `[${where}] ${what.trimEnd().replace(/\.$/, '')}. Try: ${next}`;

/** What a proof says: its name, and what is wrong if it failed; `skipped` tells why it was not run. */
export interface Proof {
  name: string;
  /** A problem that is a text already says where, what and what to try. */
  problems: readonly (Problem | string)[];
  skipped?: string;
}
