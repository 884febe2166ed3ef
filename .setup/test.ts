// The second half of `npm test`: every check as a named step, quiet unless it fails.
import { readArguments, type TestOptions } from './test/arguments.ts';
import { stopChildren } from './test/child.ts';
import { formatCounts, sumCounts } from './test/counts.ts';
import { ensurePrograms, type Missing } from './test/programs.ts';
import { runStep, type StepResult } from './test/run-step.ts';
import { runTwoAtATime } from './test/schedule.ts';
import { steps, type Step } from './test/steps.ts';

const say = (text: string): boolean => process.stdout.write(`${text}\n`);

let stopping = false;

function stopOn(signal: 'SIGINT' | 'SIGTERM', code: number): void {
  process.once(signal, () => {
    stopping = true;
    say('\nstopping …');
    void stopChildren().then(() => process.exit(code));
  });
}

function show({ step, seconds, output, ...counts }: StepResult, verbose: boolean): void {
  const mark = counts.failed > 0 ? '✗' : counts.passed > 0 ? '✓' : '–';
  const what = step.counts ? `${step.about}: ${formatCounts(counts)}` : step.about;
  say(`${mark} ${step.name.padEnd(10)} ${`${seconds.toFixed(1)} s`.padStart(7)}  ${what}`);
  if (output && (verbose || counts.failed > 0)) say(`${output.replaceAll(/^/gm, '    │ ')}\n`);
}

function showSkips(results: readonly StepResult[], missing: readonly Missing[]): void {
  const skips = results.flatMap((result) => result.skips);
  if (skips.length === 0 && missing.length === 0) return;
  say('\nSkipped:');
  for (const skip of skips) say(`  ${skip}`);
  for (const { label, install } of missing) say(`  ${label} is missing. Try: ${install}`);
}

async function run({ only, verbose, strict, starters }: TestOptions): Promise<void> {
  const isChosen = ({ name, onDemand }: Step): boolean =>
    only.length === 0 ? starters || !onDemand : only.includes(name);
  const chosen = steps.filter(isChosen);
  const needed = chosen.flatMap(({ requires, uses }) => [...requires, ...uses]);
  const missing = await ensurePrograms(needed, say);
  const results = await runTwoAtATime(
    chosen.map((step) => ({
      alone: step.alone,
      run: async () => {
        const result = await runStep(step, missing);
        if (!stopping) show(result, verbose);
        return result;
      },
    })),
  );
  showSkips(results, missing);
  const sum = sumCounts(results);
  if (strict) sum.failed += missing.length;
  if (sum.failed > 0) process.exitCode = 1;
  say(`\n${formatCounts(sum)}`);
}

// A reader that went away, as in `npm test | head`, ends the run too.
process.stdout.once('error', () => void stopChildren().then(() => process.exit(141)));

try {
  const options = readArguments(
    process.argv.slice(2),
    steps.map(({ name }) => name),
  );
  stopOn('SIGINT', 130);
  stopOn('SIGTERM', 143);
  await run(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
