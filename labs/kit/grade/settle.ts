import { follower } from '../flow/judge.ts';
import type { Flow, SeenHop } from '../flow/types.ts';
import type { RunningLab } from '../run/running-lab.ts';
import type { Run } from '../wire/runs.ts';

/**
 * What of a run's hops is judged. `without` names what is left out: components (`service-c`), directed
 * edges (`event-bus→service-b`), or one kind of message on an edge (`puback event-bus→service-b`).
 */
export const judged = (
  { hops }: { hops: readonly SeenHop[] },
  without: readonly string[] = [],
): SeenHop[] =>
  hops.filter(({ kind, from, to }) => {
    const edge = `${from}→${to}`;
    return ![from, to, edge, `${kind} ${edge}`].some((name) => without.includes(name));
  });

/**
 * Waits until a run has followed its flow and was quiet afterwards, has left it, or its deadline
 * (× the lab's factor) has passed. Returns the journal's time at which watching ended.
 */
export function settle(
  lab: RunningLab,
  run: Run,
  flow: Flow,
  without: readonly string[] = [],
): Promise<number> {
  const { journal, factor } = lab;
  const follow = follower(flow);
  let taken = 0;
  const take = (): void => {
    const hops = judged(run, without);
    for (; taken < hops.length; taken += 1) follow.push(hops[taken]!);
  };
  return new Promise((resolve) => {
    let quiet: NodeJS.Timeout | undefined;
    const end = (): void => {
      stop();
      clearTimeout(quiet);
      clearTimeout(deadline);
      resolve(journal.now());
    };
    const look = (): void => {
      take();
      if (follow.state === 'running') return;
      // What comes now is one hop too many, or the tail that makes the message right.
      clearTimeout(quiet);
      quiet = setTimeout(end, flow.quiet * factor + 5);
    };
    const left = run.startAt + (flow.deadline + flow.quiet) * factor - journal.now();
    const deadline = setTimeout(end, Math.max(0, left) + 5);
    const stop = journal.follow((line) => line.type === 'hop' && line.run === run.key && look());
    look();
  });
}
