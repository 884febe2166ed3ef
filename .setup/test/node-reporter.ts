import { relative } from 'node:path';
import type { TestEvent } from 'node:test/reporters';
import { formatCounts, formatSkip } from './counts.ts';

type Ended = Extract<TestEvent, { type: 'test:pass' | 'test:fail' }>['data'];

/**
 * A reporter for `node --test`: failures with their place and message, what was skipped and why,
 * and the counts as the last line. A suite is no test; a file without one is a failure.
 */
export default async function* report(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const printed = new Map<string, string>();
  for await (const { type, data } of source) {
    if (type === 'test:stdout' || type === 'test:stderr')
      printed.set(data.file, (printed.get(data.file) ?? '') + data.message);
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details.type === 'suite' && !isOwnFailure(data)) continue;
    if (data.skip !== undefined || data.todo !== undefined) {
      counts.skipped += 1;
      yield `${formatSkip(data.name, reasonOf(data))}\n`;
    } else if (isEmptyFile(data) && type === 'test:pass') {
      counts.failed += 1;
      yield `\n✗ ${place(data)}\n  has no tests: got 0, expected at least 1\n`;
    } else if (type === 'test:pass') {
      counts.passed += 1;
    } else if (isOwnFailure(data)) {
      counts.failed += 1;
      yield describe(data, data.file ? printed.get(data.file) : undefined);
    }
  }
  yield `\n${formatCounts(counts)}\n`;
}

/** A parent fails with its children, which are counted themselves. */
function isOwnFailure(data: Ended): boolean {
  const error = 'error' in data.details ? data.details.error : undefined;
  return (
    error !== undefined && (error as { failureType?: string }).failureType !== 'subtestsFailed'
  );
}

/** Node.js reports a file that defined no test as one that is named like the file. */
const isEmptyFile = (data: Ended): boolean =>
  data.nesting === 0 && data.file !== undefined && data.file.endsWith(data.name);

function describe(data: Ended, output = ''): string {
  const error = 'error' in data.details ? data.details.error : undefined;
  const cause: unknown = error?.cause ?? error;
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  const lines = text
    .split('\n')
    .filter((line) => !/^\s+at .*(node:internal|node_modules)/.test(line));
  return `\n✗ ${data.name}\n  ${place(data)}\n${indent(lines.join('\n'))}\n${indent(output)}`;
}

const place = (data: Ended): string =>
  data.file ? `${relative(process.cwd(), data.file)}:${data.line ?? 1}` : '';

const indent = (text: string): string => text.replaceAll(/^(?=.)/gm, '    ');

function reasonOf(data: Ended): string {
  const reason = data.skip ?? data.todo;
  return typeof reason === 'string' ? reason : '';
}
