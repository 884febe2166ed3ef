import { emitKeypressEvents } from 'node:readline';

/**
 * Calls `onKey` with each key as it is pressed: `h`, `2`, `ctrl-c`. Does nothing without a terminal.
 * @returns the function that gives the terminal back
 */
export function readKeys(onKey: (key: string) => void): () => void {
  const { stdin } = process;
  if (!stdin.isTTY) return () => undefined;
  emitKeypressEvents(stdin);
  const listener = (text: string | undefined, key: { name?: string; ctrl?: boolean }): void =>
    onKey(key.ctrl ? `ctrl-${key.name}` : (text ?? key.name ?? ''));
  stdin.setRawMode(true).resume().on('keypress', listener);
  return () => {
    stdin.off('keypress', listener).setRawMode(false).pause();
  };
}
