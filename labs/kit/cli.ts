/** `npm run lab`, `npm run grade`, `npm run check`: picks the command and turns errors into messages. */
import { check } from './commands/check.ts';
import { grade } from './commands/grade.ts';
import { lab } from './commands/lab.ts';
import { starter } from './commands/starter.ts';

const commands: Record<string, (args: string[]) => Promise<number>> = {
  lab,
  grade,
  check,
  starter,
};

const [name = '', ...args] = process.argv.slice(2);
const command = commands[name];
if (!command) {
  console.error(
    `[cli] no such command: got ${name || 'nothing'}, expected one of ${Object.keys(commands).join(', ')}`,
  );
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await command(args);
  } catch (error) {
    // Our own messages say where, what and what to try; anything else is a mistake of ours: all of it.
    const ours = error instanceof Error && error.message.startsWith('[');
    console.error(ours ? error.message : error);
    process.exitCode = 2;
  }
}
