import { parseArgs, type ParseArgsConfig } from 'node:util';

/** Reads a command's options; a wrong one becomes a message with the command's usage. */
export function readOptions<T extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: T,
  usage: string,
) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new Error(`[usage] ${(error as Error).message}\nTry: ${usage}`, { cause: error });
  }
}

/**
 * npm takes what stands before `--` for itself, and tells us nothing but its environment.
 * @throws if it took one of these options
 */
export function refuseSwallowed(names: readonly string[], usage: string): void {
  const swallowed = names.find((name) => process.env[`npm_config_${name}`] !== undefined);
  if (swallowed !== undefined)
    throw new Error(
      `[usage] npm took --${swallowed} for itself: expected -- before our options. Try: ${usage}`,
    );
}

/**
 * A number that a person typed.
 * @throws if it is no whole number, or less than the least
 */
export function wholeNumber(name: string, text: string, least: number, usage: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < least)
    throw new Error(
      `[usage] wrong --${name}: got ${text}, expected a whole number from ${least} on. Try: ${usage}`,
    );
  return n;
}
