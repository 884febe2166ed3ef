/** `npm run lab`, `npm run grade`, `npm run check`, `npm run record`: picks the command and turns errors into messages. */
import { check } from './commands/check.ts';
import { grade } from './commands/grade.ts';
import { host } from './commands/host.ts';
import { lab } from './commands/lab.ts';
import { record } from './commands/record.ts';
import { starter } from './commands/starter.ts';

const commands: Record<string, (args: string[]) => Promise<number>> = {
  lab,
  grade,
  check,
  starter,
  record,
  // For the course server, which starts a lab in a process of its own.
  host,
};

// As sysexits.h has them, so that they are never mistaken for a grading's own exit codes, 0 to 4.
const exit = { usage: 64, software: 70 };

const [name = '', ...args] = process.argv.slice(2);
const code = await run(name, args);
// Once all is said, end: whatever handle might still be open holds nothing that anybody waits for.
process.stdout.write('', () => process.exit(code));

async function run(wanted: string, rest: string[]): Promise<number> {
  const command = Object.hasOwn(commands, wanted) ? commands[wanted] : undefined;
  if (!command) {
    const known = Object.keys(commands).join(', ');
    console.error(`[cli] no such command: got ${wanted || 'nothing'}, expected one of ${known}`);
    return exit.usage;
  }
  try {
    return await command(rest);
  } catch (error) {
    // Our own messages say where, what and what to try; anything else is a mistake of ours: all of it.
    const ours = error instanceof Error && error.message.startsWith('[');
    console.error(ours ? error.message : error);
    return ours ? exit.usage : exit.software;
  }
}
