/** An error whose text is all that a person needs to act; printed without a stack. */
export class SetUpError extends Error {
  /** @override */
  name = 'SetUpError';

  /**
   * @param {string} what what happened
   * @param {{got: string, expected: string, hint: string}} detail what was found, what was needed, what to do
   */
  constructor(what, { got, expected, hint }) {
    super(`[set-up] ${what}: got ${got}, expected ${expected}. Try: ${hint}`);
  }
}

/** Prints one line. @param {string} text */
export function say(text) {
  process.stdout.write(`[set-up] ${text}\n`);
}

/**
 * Runs a task that takes a while, as one line: what it is, then the seconds it took.
 * @template T
 * @param {string} text
 * @param {() => Promise<T>} task
 * @returns {Promise<T>} what the task returned; its error passes through
 */
export async function progress(text, task) {
  const began = performance.now();
  process.stdout.write(`[set-up] ${text} … `);
  try {
    const result = await task();
    process.stdout.write(`${((performance.now() - began) / 1000).toFixed(1)} s\n`);
    return result;
  } catch (error) {
    process.stdout.write('failed\n');
    throw error;
  }
}
