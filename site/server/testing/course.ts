/** The course server as `npm start` runs it, with runs and sources of its own: nobody's work is touched. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadLab, slugs } from '../../../labs/kit/grade/load.ts';
import { runsFolder } from '../../../labs/kit/run/paths.ts';
import { freshStarter, learnerFiles, solutionSource } from '../../../labs/kit/run/sources.ts';

const script = fileURLToPath(new URL('../start.ts', import.meta.url));

export interface Course {
  child: ChildProcess;
  /** Without a slash at the end. */
  address: string;
  /** The printed address, with the token of this start. */
  invitation: string;
  /** What others need to find this course's labs. */
  env: Record<string, string>;
  /** The folder that a learner edits, of lab `slug`. */
  src: (slug: string) => string;
  /** Writes a service anew, from the solution or as the starter. */
  put: (slug: string, file: string, what: 'solution' | 'starter') => Promise<void>;
  /** Everything that it printed. */
  output: () => string;
  stop: () => Promise<void>;
}

/** Starts it on a free port; every lab's services are the starter, or the solution. */
export async function startCourse(services: 'solution' | 'starter' = 'starter'): Promise<Course> {
  mkdirSync(join(runsFolder, 'tmp'), { recursive: true });
  const folder = mkdtempSync(join(runsFolder, 'tmp', 'course-'));
  const src = (slug: string): string => join(folder, 'src', slug);
  const put: Course['put'] = async (slug, file, what) => {
    const { lab } = await loadLab(slug);
    if (what === 'solution') copyFileSync(solutionSource(lab)(file), join(src(slug), file));
    else writeFileSync(join(src(slug), file), freshStarter(lab, file));
  };
  for (const slug of slugs()) {
    mkdirSync(src(slug), { recursive: true });
    const { lab } = await loadLab(slug);
    for (const file of learnerFiles(lab)) await put(slug, file, services);
  }
  const env = { NINE_HOPS_RUNS: join(folder, 'runs'), NINE_HOPS_SRC: join(folder, 'src') };
  mkdirSync(env.NINE_HOPS_RUNS);
  const server = await serve(env);
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...server, env, src, put, stop };
}

/** A second course server beside another, with the same runs and sources. */
export async function joinCourse(course: Course): Promise<Course> {
  return { ...course, ...(await serve(course.env)) };
}

async function serve(
  env: Record<string, string>,
): Promise<Pick<Course, 'child' | 'address' | 'invitation' | 'output' | 'stop'>> {
  const child = fork(script, { env: { ...process.env, ...env, PORT: '0' }, silent: true });
  let output = '';
  const invitation = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
        const [, found] = /ready: (http:\/\/\S+)\n/.exec(output) ?? [];
        if (found) resolve(found);
      });
    }
    child.once('exit', (code) => {
      reject(new Error(`[course server] it ended with ${code} before it was ready:\n${output}`));
    });
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill();
    await gone;
  };
  const address = new URL(invitation).origin;
  return { child, address, invitation, output: () => output, stop };
}
