/** As a shell has it for a program that Ctrl-C ended. */
export const interruptedCode = 130;

/**
 * Lets somebody end a command that takes long, by Ctrl-C or SIGTERM, without ending the process.
 * @returns a signal that aborts then, and `forget`, after which the process ends as usual
 */
export function interruption(): { signal: AbortSignal; forget: () => void } {
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  process.on('SIGINT', onInterrupt).on('SIGTERM', onInterrupt);
  return {
    signal: stop.signal,
    forget: () => void process.off('SIGINT', onInterrupt).off('SIGTERM', onInterrupt),
  };
}
