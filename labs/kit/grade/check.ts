import type { Tools } from './tools.ts';

/** One graded criterion. */
export interface Check {
  /** kebab-case; what `--check` takes and mutants' folders begin with. */
  id: string;
  task: number;
  /** The learner's services whose work it is: only their crashes count. */
  services: readonly string[];
  /** What the service promises, as a sentence. */
  title: string;
  /** Numbers of the hops it is about. */
  hops: readonly number[];
  points: number;
  /** Quick checks run after every save; the others on *grade all*. */
  quick: boolean;
  /** The concept, the place, nearly the code. */
  hints: readonly [string, string, string];
  run: (tools: Tools) => Promise<void>;
}

/** A lab's task, for lists and headings. */
export interface Task {
  n: number;
  title: string;
  /** The files, below `src/`, that it is about. */
  files: readonly string[];
}
