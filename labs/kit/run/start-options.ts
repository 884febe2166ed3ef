import type { Crossed } from '../wire/witness.ts';
import type { Crash } from './crash.ts';

/** How to start a lab. */
export interface StartOptions {
  /** The file that runs as a learner's service, from its file name. */
  source: (file: string) => string;
  /** Random ids come from it; a run with the same seed has the same ids. */
  seed?: string;
  /** Where to keep the journal. */
  journalFile?: string;
  brokerUrl?: string | undefined;
  onLine?: (component: string, line: string, stream: 'stdout' | 'stderr') => void;
  onCrash?: (crash: Crash) => void;
  /** A part of the lab itself has stopped, which no learner wrote. */
  onFailure?: (why: string) => void;
  /** Told of each message that crosses, with its bytes. */
  onBytes?: (message: Crossed) => void;
  inspect?: ReadonlySet<string>;
  /** Whether requests that somebody sends by hand begin runs too. */
  strangers?: boolean;
  /** Deadlines are multiplied by it; measured if not given. */
  factor?: number;
}

/** How long a consumer may take to subscribe after it was started, in milliseconds × factor. */
export const readyWithin = 3_000;

/** How long a service may take to listen, in milliseconds × factor: an endless loop never does. */
export const startWithin = 8_000;
