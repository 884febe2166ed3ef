import type { Finding } from './results.ts';
import { inspect, stripVTControlCharacters } from 'node:util';
import { NotAsExpected } from './errors.ts';

interface MatcherError extends Error {
  matcherResult: { name: string; expected?: unknown; actual?: unknown; finding?: Finding };
}

const isMatcherError = (error: unknown): error is MatcherError =>
  error instanceof Error && 'matcherResult' in error && Boolean(error.matcherResult);

const show = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    return inspect(value);
  }
};

/** The finding in an error that an assertion threw; undefined if it is no failed assertion. */
export function findingIn(error: unknown): Finding | undefined {
  if (error instanceof NotAsExpected) return error.finding;
  if (!isMatcherError(error)) return undefined;
  const { finding, name, expected, actual } = error.matcherResult;
  if (finding) return finding;
  // The first line is what the check said about the value: expect(status, 'the status the user gets').
  const [said = ''] = stripVTControlCharacters(error.message).split('\n');
  const headline = said.startsWith('expect(') ? `${name} did not hold` : said;
  // Some matchers tell only in their message what they expected.
  return expected === undefined
    ? { headline, ...inMessage(error.message) }
    : { headline, expected: show(expected), observed: show(actual) };
}

function inMessage(text: string): Pick<Finding, 'expected' | 'observed'> {
  const lines = stripVTControlCharacters(text).split('\n');
  const told = (start: RegExp): string =>
    lines
      .filter((line) => start.test(line))
      .map((line) => line.replace(start, '').trim())
      .join(' ');
  return {
    expected: told(/^(?:Expected[^:]*:|-(?! Expected))/) || 'what the check says',
    observed: told(/^(?:Received[^:]*:|\+(?! Received))/) || lines.slice(1).join(' ').trim(),
  };
}
