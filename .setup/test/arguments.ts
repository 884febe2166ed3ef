import { parseArgs } from 'node:util';

/** What a run of the tests was asked for. */
export interface TestOptions {
  /** The steps to run; all of them if none was named. */
  only: string[];
  /** Shows each step's output even if it passed. */
  verbose: boolean;
  /** Missing programs are failures, not skips. */
  strict: boolean;
  /** Also compares each lab's `src/` with the generated starter, as the repository has to hold it. */
  starters: boolean;
}

/**
 * Reads the command line.
 * @param argv the arguments after the script's name
 * @param known the names of all steps
 * @throws with a message that names what there is, on an unknown option or step
 */
export function readArguments(argv: string[], known: readonly string[]): TestOptions {
  const { only, ...flags } = parse(argv);
  const names = only.flatMap((list) => list.split(',')).filter(Boolean);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(
      `[test] no such step: got ${unknown.join(', ')}, expected some of ${known.join(', ')}. ` +
        'Try: npm test -- --only unit,lint',
    );
  return { only: names, ...flags };
}

function parse(argv: string[]): TestOptions {
  try {
    return parseArgs({
      args: argv,
      options: {
        only: { type: 'string', multiple: true, default: [] },
        verbose: { type: 'boolean', default: false },
        strict: { type: 'boolean', default: false },
        starters: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new Error(
      `[test] the arguments can't be read: got ${argv.join(' ')}, expected --only names, --verbose or ` +
        '--strict. Try: npm test -- --only unit,lint',
      { cause: error },
    );
  }
}
