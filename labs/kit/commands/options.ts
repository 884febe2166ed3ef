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
