/**
 * Works on several things at once, and lets what they have to say out in their order: that of the
 * first that is not done as it comes, that of the later ones once it is their turn.
 * @param workers how many are worked on at a time
 * @throws what the first that failed threw, once all others are done
 */
export async function inOrder<T, Said>(
  items: readonly T[],
  workers: number,
  work: (item: T, say: (said: Said) => void) => Promise<void>,
  out: (said: Said) => void,
): Promise<void> {
  const waiting = items.map((): Said[] => []);
  const isDone = items.map(() => false);
  const errors: unknown[] = [];
  let [turn, next] = [0, 0];
  const letOut = (): void => {
    for (;;) {
      for (const said of waiting[turn]?.splice(0) ?? []) out(said);
      if (!isDone[turn]) return;
      turn += 1;
    }
  };
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next;
      next += 1;
      const say = (said: Said): void => {
        waiting[index]!.push(said);
        letOut();
      };
      await work(items[index]!, say).catch((error: unknown) => errors.push(error));
      isDone[index] = true;
      letOut();
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, workers) }, worker));
  if (errors.length > 0) throw errors[0];
}
