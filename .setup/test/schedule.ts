/**
 * Runs tasks in order, two at a time; one that wants to be alone waits until all before it are done.
 * @param tasks in the order in which they start
 * @returns the results, in the order of the tasks
 */
export async function runTwoAtATime<T>(
  tasks: readonly { alone: boolean; run: () => Promise<T> }[],
): Promise<T[]> {
  const results: T[] = [];
  const busy = new Set<Promise<void>>();
  const keep = async (index: number, result: Promise<T>): Promise<void> => {
    results[index] = await result;
  };
  for (const [index, task] of tasks.entries()) {
    while (busy.size >= (task.alone ? 1 : 2)) await Promise.race(busy);
    const running = keep(index, task.run());
    busy.add(running);
    void running.finally(() => busy.delete(running));
    if (task.alone) await running;
  }
  await Promise.all(busy);
  return results;
}
