import { Hono, type Context } from 'hono';
import { slugs } from '../../../labs/kit/grade/load.ts';
import type { Command } from '../../../labs/kit/live/events.ts';
import { problem } from '../problem.ts';
import { hasToken } from '../token.ts';
import { LabDesk } from './desk.ts';
import { guard, limit, type GuardOptions } from './guard.ts';
import { showMap } from './map.ts';
import { replayRoutes } from './replays.ts';
import { Streams } from './streams.ts';

/** The labs' part of the course server, and what ends all that it started. */
export interface LabApi {
  app: Hono;
  close: () => Promise<void>;
}

/**
 * What the project pages ask for: the labs' events as they happen, commands, kept journals.
 *
 * `GET /session` answers everybody, with no more than whether this browser may run labs; all else
 * needs the token. Commands have no body: the address says all.
 */
export function createLabApi(options: GuardOptions): LabApi {
  const desks = new Map(slugs().map((slug) => [slug, new LabDesk(slug)]));
  const streams = new Streams();
  const app = new Hono();
  app.use(async (c, next) => {
    c.header('cache-control', 'no-store');
    await next();
  });
  app.get('/session', (c) => c.json({ mayRun: hasToken(c, options.token, options.port) }));
  app.use(guard(options));
  app.use('/labs/:slug/*', async (c, next) =>
    desks.has(c.req.param('slug')) ? next() : unknown(c, [...desks.keys()]),
  );
  const deskOf = (c: Context): LabDesk => desks.get(c.req.param('slug')!)!;
  // A stream without a body would take a place for nothing.
  app.get('/labs/:slug/events', (c) =>
    c.req.method === 'HEAD' ? c.body(null) : streams.open(c, deskOf(c)),
  );
  app.get('/labs/:slug/map', (c) => showMap(c, deskOf(c).journal));
  replayRoutes(app);
  app.post('*', limit({ burst: 12, perSecond: 4 }));
  app.post('/labs/:slug/run/:what{finished}?', async (c) => {
    try {
      await deskOf(c).run({ finished: c.req.param('what') !== undefined });
      return c.body(null, 202);
    } catch (error) {
      return problem(c, 500, (error as Error).message);
    }
  });
  app.post('/labs/:slug/stop', (c) => {
    const desk = deskOf(c);
    if (!desk.isOurs)
      return problem(
        c,
        409,
        'got no lab that this page started, expected one. End it in its terminal',
      );
    desk.do({ do: 'stop' });
    return c.body(null, 202);
  });
  app.post('/labs/:slug/:what/:action?', (c) => {
    const command = commandOf(c.req.param('what'), c.req.param('action'));
    if (!command)
      return unknown(c, [
        'run',
        'stop',
        'act/…',
        'trouble/…',
        'break',
        'fail-over',
        'mend',
        'check',
        'grade',
        'reset',
      ]);
    if (deskOf(c).do(command)) return c.body(null, 202);
    return problem(c, 409, 'got a command for a lab that does not run, expected one that does');
  });
  app.all('*', (c) => unknown(c, ['/api/session', '/api/labs/…']));
  const close = async (): Promise<void> => {
    streams.close();
    await Promise.all([...desks.values()].map((desk) => desk.close()));
  };
  return { app, close };
}

function commandOf(what: string, action: string | undefined): Command | undefined {
  if (what === 'act') return action === undefined ? undefined : { do: 'act', action };
  if (what === 'trouble') return action === undefined ? undefined : { do: what, trouble: action };
  if (action !== undefined) return undefined;
  if (what === 'break' || what === 'fail-over' || what === 'mend' || what === 'reset')
    return { do: what };
  if (what === 'check' || what === 'grade') return { do: 'check', all: what === 'grade' };
  return undefined;
}

const unknown = (c: Context, known: readonly string[]): Response =>
  problem(c, 404, `got ${c.req.path}, expected one of ${known.join(', ')}`);
