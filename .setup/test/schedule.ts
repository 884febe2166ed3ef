/**
 * Runs tasks in order, two at a time; one that wants to be alone waits until all before it are done.
 * @param tasks in the order in which they start
 * @returns the results, in the order of the tasks
 */
export async function runTwoAtATime<T>(
  tasks: readonly { alone: boolean; run: () => Promise<T> }[],
): Promise<T[]> {
  const results: T[] = [];
  const busy = new Map<number, Promise<void>>();
  const start = async (index: number, run: () => Promise<T>): Promise<void> => {
    try {
      results[index] = await run();
    } finally {
      busy.delete(index);
    }
  };
  for (const [index, { alone, run }] of tasks.entries()) {
    while (busy.size >= (alone ? 1 : 2)) await Promise.race(busy.values());
    const running = start(index, run);
    busy.set(index, running);
    if (alone) await running;
  }
  await Promise.all(busy.values());
  return results;
}
