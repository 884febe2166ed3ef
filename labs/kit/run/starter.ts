/**
 * What a learner edits is written once, as the solution. Marked regions are what a task asks for:
 *
 * ```
 * // #task 2 What to do, in a sentence or two.
 * // More of it.
 * the solution's lines
 * // #starter
 * // the line that a learner starts with, commented out
 * // #end
 * ```
 *
 * The starter has the task's words as a comment and the starter's lines; the solution as it is shown
 * has the words and the solution's lines. In YAML a comment begins with `#`: `# #task 2 …`.
 */
const marker = /^(\s*)(\/\/|#) #(task|starter|end)\b ?(\d+)? ?(.*)$/;

type Part = 'outside' | 'words' | 'solution' | 'starter';

/** The file that a learner starts with. Throws if a region is not closed or nested. */
export const starterOf = (source: string): string => render(source, 'starter');

/** The annotated solution, without the starter's lines. */
export const solutionOf = (source: string): string => render(source, 'solution');

/** The numbers of the tasks that a file has regions for. */
export const tasksIn = (source: string): number[] => [
  ...new Set([...source.matchAll(/(?:\/\/|#) #task (\d+)/g)].map((match) => Number(match[1]))),
];

function render(source: string, wanted: 'starter' | 'solution'): string {
  const lines: string[] = [];
  let part: Part = 'outside';
  let [opened, comment] = [0, '//'];
  for (const [index, line] of source.split('\n').entries()) {
    const [, indent = '', sign = '', kind, task, words = ''] = marker.exec(line) ?? [];
    const expected = kind === undefined || (kind === 'task') === (part === 'outside');
    if (!expected)
      throw new Error(
        `[starter] a region is out of order: got #${kind} at line ${index + 1}, expected ${part === 'outside' ? '#task' : '#starter or #end'}`,
      );
    if (kind === 'task') {
      if (task === undefined)
        throw new Error(`[starter] a task has no number: got ${line.trim()} at line ${index + 1}`);
      part = 'words';
      [opened, comment] = [index + 1, sign];
      const label = wanted === 'starter' ? `TODO task ${task}` : `Task ${task}`;
      if (words) lines.push(`${indent}${comment} ${label}: ${words}`);
    } else if (kind === 'starter') part = 'starter';
    else if (kind === 'end') part = 'outside';
    else if (part === 'words' && line.trimStart().startsWith(comment)) lines.push(line);
    else if (part === 'outside') lines.push(line);
    else if (part === 'starter') {
      if (wanted === 'starter') lines.push(uncommented(line, comment));
    } else {
      part = 'solution';
      if (wanted === 'solution') lines.push(line);
    }
  }
  if (part !== 'outside')
    throw new Error(
      `[starter] a region is not closed: got #task at line ${opened}, expected ${comment} #end after it`,
    );
  return lines.join('\n').replaceAll(/\n{3,}/g, '\n\n');
}

/** A starter's line without the sign that comments it out. */
function uncommented(line: string, sign: string): string {
  const at = line.indexOf(sign);
  if (at === -1) return line;
  return line.slice(0, at) + line.slice(at + sign.length).replace(/^ /, '');
}
