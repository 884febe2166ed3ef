/** `npm run lab`, `npm run grade`, `npm run check`, `npm run record`: picks the command and turns errors into messages. */
type Command = (args: string[]) => Promise<number>;

/** Only the one that is asked for is loaded: together they take longer to load than a check takes. */
const commands: Record<string, () => Promise<Command>> = {
  lab: async () => (await import('./commands/lab.ts')).lab,
  grade: async () => (await import('./commands/grade.ts')).grade,
  check: async () => (await import('./commands/check.ts')).check,
  starter: async () => (await import('./commands/starter.ts')).starter,
  record: async () => (await import('./commands/record.ts')).record,
  // For the course server, which starts a lab in a process of its own.
  host: async () => (await import('./commands/host.ts')).host,
};

// As sysexits.h has them, so that they are never mistaken for a grading's own exit codes, 0 to 4.
const exit = { usage: 64, software: 70 };

const [name = '', ...args] = process.argv.slice(2);
const code = await run(name, args);
// Once all is said, end: whatever handle might still be open holds nothing that anybody waits for.
process.stdout.write('', () => process.exit(code));

async function run(wanted: string, rest: string[]): Promise<number> {
  const load = Object.hasOwn(commands, wanted) ? commands[wanted] : undefined;
  if (!load) {
    const known = Object.keys(commands).join(', ');
    console.error(`[cli] no such command: got ${wanted || 'nothing'}, expected one of ${known}`);
    return exit.usage;
  }
  try {
    const command = await load();
    return await command(rest);
  } catch (error) {
    // Our own messages say where, what and what to try; anything else is a mistake of ours: all of it.
    const ours = error instanceof Error && error.message.startsWith('[');
    console.error(ours ? error.message : error);
    return ours ? exit.usage : exit.software;
  }
}
