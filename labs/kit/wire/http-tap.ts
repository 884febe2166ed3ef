import { Agent, createServer, request, STATUS_CODES } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Faults, type HttpFault } from './faults.ts';
import type { Run } from './runs.ts';
import type { Witness } from './witness.ts';

/** A directed edge. `instance` is told where one end has several: of two buses the standby is 2. */
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
  /** Which exchange of this tap it is, from 1: a request and its reply have the same. */
  number: number;
}

/** A reply without its body. */
interface Head {
  status: number;
  headers?: Record<string, string[] | undefined>;
  rawHeaders?: readonly string[];
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
  let exchanges = 0;
  const note = (what: string, detail: string, facts?: { exchange: number }): void =>
    witness.journal.note(
      edge.from,
      what,
      `${edge.from} → ${edge.to}: ${detail}`,
      facts && { facts },
    );

  const server = createServer({ noDelay: true }, (req, res) => {
    handle(req, res).catch((error: unknown) => {
      note('broken', error instanceof Error ? error.message : String(error));
      breakOff(req);
    });
  });

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const body = await read(req);
    const path = req.url ?? '/';
    const text = `${path} ${body.toString()}`;
    const number = (exchanges += 1);
    const head = headOf(`${req.method} ${path} HTTP/1.1`, req.rawHeaders);
    const kind = (req.method ?? 'GET').toLowerCase();
    witness.crossed?.({ via: 'http', kind, ...edge, bytes: Buffer.concat([head, body]) });
    const run = witness.sees({
      via: 'http',
      kind,
      ...edge,
      text,
      detail: `${req.method} ${path}`,
      facts: {
        path,
        bytes: body.length,
        head: head.length,
        exchange: number,
        ...traceOf(req),
        ...told(req.headers),
      },
    });
    const fault = faults.take(text);
    if (fault) note('fault', fault.kind);
    const exchange = { req, res, body, run, fault, number };
    // A caller that closes its connection before there was a reply has waited long enough.
    if (fault && fault.kind !== 'reset' && fault.kind !== 'reset-after')
      res.on('close', () => {
        if (!res.headersSent) note('gave up', `${req.method} ${path}`, { exchange: number });
      });
    if (fault?.kind === 'hold' || fault?.kind === 'status') await fault.reached?.();
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

  async function pass(exchange: Exchange): Promise<void> {
    const { req, res, body, fault } = exchange;
    // Who has given up meanwhile gets nothing more, and nothing more crosses.
    if (fault?.kind === 'timeout' || res.destroyed) return;
    if (fault?.kind === 'reset') return breakOff(req);
    if (fault?.kind === 'status')
      return reply(exchange, { status: fault.status }, Buffer.from('injected by the tap'));
    if (tap.upstream === undefined) throw new Error('nothing listens there');
    const answer = await forward(tap.upstream, req, body, agent, res);
    const received = await read(answer);
    if (fault?.kind === 'hold-reply') await fault.reached();
    if (res.destroyed) return;
    if (fault?.kind === 'reset-after') return breakOff(req);
    const out = fault?.kind === 'rewrite' ? Buffer.from(fault.body(received.toString())) : received;
    const headers = Object.fromEntries(
      Object.entries(answer.headersDistinct).filter(([name]) => !hopByHop.has(name)),
    );
    const pace = fault?.kind === 'slow-body' ? fault.bytesPerSecond : undefined;
    const { statusCode: status = 502, rawHeaders } = answer;
    reply(exchange, { status, headers, rawHeaders }, out, pace);
  }

  function reply(
    { res, run, number }: Exchange,
    { status, headers = {}, rawHeaders = [] }: Head,
    body: Buffer,
    bytesPerSecond?: number,
  ): void {
    const back = { ...edge, from: edge.to, to: edge.from };
    const text = body.toString();
    const head = headOf(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, rawHeaders);
    const kind = String(status);
    witness.crossed?.({ via: 'http', kind, ...back, bytes: Buffer.concat([head, body]) });
    witness.sees({
      via: 'http',
      kind,
      ...back,
      text,
      run,
      detail: `reply ${status}`,
      facts: {
        status,
        bytes: body.length,
        head: head.length,
        exchange: number,
        ...told(headers),
      },
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

/** Header fields that say what an exchange means, by the names that the journal has for them. */
const telling = {
  'if-none-match': 'ifNoneMatch',
  etag: 'etag',
  'idempotency-key': 'idempotencyKey',
  'retry-after': 'retryAfter',
} as const;

function told(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(telling).flatMap(([name, fact]) => {
      const value = headers[name];
      return value === undefined ? [] : [[fact, String(value)]];
    }),
  );
}

/** A message's start line and header fields, as they were sent (RFC 9112, section 2.1). */
function headOf(startLine: string, raw: readonly string[]): Buffer {
  // A field's name and value stand one after the other.
  const fields = raw.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${raw[i + 1]}`] : []));
  return Buffer.from([startLine, ...fields, '', ''].join('\r\n'));
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
