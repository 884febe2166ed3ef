import { Agent, createServer, request } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Faults, type HttpFault } from './faults.ts';
import type { Run } from './runs.ts';
import type { Witness } from './witness.ts';

/** A directed edge. `instance` is told where one end has several. */
export interface Edge {
  from: string;
  to: string;
  instance?: number;
}

export interface HttpTap extends Edge {
  readonly url: string;
  readonly faults: Faults;
  /** Where requests go on to; a restarted service has a new port. Undefined: refused. */
  upstream: number | undefined;
  close(): Promise<void>;
}

interface Exchange {
  req: IncomingMessage;
  res: ServerResponse;
  body: Buffer;
  run: Run | undefined;
  fault: HttpFault | undefined;
}

const limit = 1024 * 1024;

/** Connection management belongs to each connection, not to the message (RFC 9110, section 7.6.1). */
const hopByHop = new Set(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding']);

async function read(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of message as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > limit) throw new Error(`[tap] a body is too long: got more than ${limit} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/**
 * Starts a proxy on one directed HTTP edge. It journals each request and reply as it crosses, injects
 * the faults of its edge, and holds a reply while the witness looks into a database. Bodies are
 * buffered (1 MiB at most). A connection that fails upstream is reset downstream, as a network would.
 */
export async function httpTap(edge: Edge, witness: Witness, upstream?: number): Promise<HttpTap> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const faults = new Faults();
  const note = (what: string, detail: string): void =>
    witness.journal.note(edge.from, what, `${edge.from} → ${edge.to}: ${detail}`);

  const server = createServer({ noDelay: true }, (req, res) => {
    handle(req, res).catch((error: unknown) => {
      note('broken', error instanceof Error ? error.message : String(error));
      breakOff(req);
    });
  });

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const body = await read(req);
    const path = req.url ?? '/';
    const run = witness.sees({
      via: 'http',
      kind: (req.method ?? 'GET').toLowerCase(),
      ...edge,
      text: `${path} ${body.toString()}`,
      detail: `${req.method} ${path}`,
      facts: { path, bytes: body.length, ...traceOf(req) },
    });
    const fault = faults.take();
    if (fault) note('fault', fault.kind);
    const exchange = { req, res, body, run, fault };
    if (fault?.kind === 'latency') {
      const spread = (fault.jitter ?? 0) * (Math.random() * 2 - 1);
      setTimeout(() => settle(exchange), Math.max(0, fault.ms + spread));
    } else settle(exchange);
  }

  const settle = (exchange: Exchange): void => {
    pass(exchange).catch((error: unknown) => {
      note('broken', error instanceof Error ? error.message : String(error));
      breakOff(exchange.req);
    });
  };

  async function pass({ req, res, body, run, fault }: Exchange): Promise<void> {
    // Who has given up meanwhile gets nothing more, and nothing more crosses.
    if (fault?.kind === 'timeout' || res.destroyed) return;
    if (fault?.kind === 'reset') return breakOff(req);
    if (fault?.kind === 'status')
      return reply(res, run, fault.status, {}, Buffer.from('injected by the tap'));
    if (tap.upstream === undefined) throw new Error('nothing listens there');
    const answer = await forward(tap.upstream, req, body, agent, res);
    const received = await read(answer);
    if (res.destroyed) return;
    if (fault?.kind === 'reset-after') return breakOff(req);
    const out = fault?.kind === 'rewrite' ? Buffer.from(fault.body(received.toString())) : received;
    const headers = Object.fromEntries(
      Object.entries(answer.headersDistinct).filter(([name]) => !hopByHop.has(name)),
    );
    const pace = fault?.kind === 'slow-body' ? fault.bytesPerSecond : undefined;
    reply(res, run, answer.statusCode ?? 502, headers, out, pace);
  }

  function reply(
    res: ServerResponse,
    run: Run | undefined,
    status: number,
    headers: Record<string, string[] | undefined>,
    body: Buffer,
    bytesPerSecond?: number,
  ): void {
    const { from, to, ...rest } = edge;
    const text = body.toString();
    witness.sees({
      via: 'http',
      kind: String(status),
      from: to,
      to: from,
      ...rest,
      text,
      run,
      detail: `reply ${status}`,
      facts: { status, bytes: body.length },
    });
    const bodyless = status === 204 || status === 304 || res.req.method === 'HEAD';
    const length = bodyless ? {} : { 'content-length': String(body.length) };
    res.writeHead(status, { ...headers, ...length });
    if (bytesPerSecond) trickle(res, body, bytesPerSecond);
    else res.end(bodyless ? undefined : body);
  }

  // Longer than any client keeps an idle connection, so that none is closed under a request.
  server.keepAliveTimeout = 90_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const tap: HttpTap = {
    ...edge,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    upstream,
    close: () => close(server, agent),
  };
  return tap;
}

/** Resets the connection that a request came on; the caller may have done so already. */
function breakOff(req: IncomingMessage): void {
  const { socket } = req as { socket: Socket | null };
  if (socket && !socket.destroyed) socket.resetAndDestroy();
}

/** The W3C trace context of a request, if it carries one. */
function traceOf(req: IncomingMessage): { trace?: string } {
  const header = req.headers['traceparent'];
  return typeof header === 'string' ? { trace: header.split('-')[1] ?? '' } : {};
}

function forward(
  port: number,
  req: IncomingMessage,
  body: Buffer,
  agent: Agent,
  res: ServerResponse,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = Object.fromEntries(
      Object.entries(req.headers).filter(([name]) => !hopByHop.has(name)),
    );
    if (body.length > 0) headers['content-length'] = String(body.length);
    const { method, url: path } = req;
    const out = request({ host: '127.0.0.1', port, method, path, headers, agent }, resolve);
    out.on('error', reject);
    res.on('close', () => res.writableEnded || out.destroy(new Error('the caller hung up')));
    out.end(body);
  });
}

function trickle(res: ServerResponse, body: Buffer, bytesPerSecond: number): void {
  let sent = 0;
  const timer = setInterval(() => {
    res.write(body.subarray(sent, sent + 1));
    sent += 1;
    if (sent < body.length) return;
    clearInterval(timer);
    res.end();
  }, 1000 / bytesPerSecond);
  res.on('close', () => clearInterval(timer));
}

function close(server: Server, agent: Agent): Promise<void> {
  agent.destroy();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
