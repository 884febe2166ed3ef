import type { Run } from '../wire/runs.ts';
import type { Reply } from './define.ts';
import type { NoReply } from './user.ts';

export interface ActOptions {
  /** A random value that only the database knows, so that a read of it can be concluded. */
  value?: string;
  /** Milliseconds × factor after which the user gives up. */
  timeout?: number;
  token?: string;
  /** For one of very many, whose hops are told to this and not written down: see `Run`. */
  crowd?: Run['crowd'];
  /** Called with the run before the request is sent. */
  onRun?: (run: Run) => void;
}

/** What a user did and got. `noReply` says why there was none. */
export interface Acted {
  run: Run;
  reply?: Reply;
  noReply?: NoReply;
}
