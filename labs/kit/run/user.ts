import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { ActionParams, Action, Reply } from './define.ts';

/** Why no reply came: the connection broke, or the deadline passed. */
export class NoReply extends Error {
  override name = 'NoReply';
}

/**
 * Sends a request as a user does: a connection of its own, the token, a W3C trace context.
 * @param url the entrance's address
 * @param timeout milliseconds after which the user gives up
 * @throws NoReply if no whole reply came
 */
export function send(
  url: string,
  { method, path, body }: ReturnType<Action['request']>,
  { token, timeout }: { token?: string; timeout: number },
): Promise<Reply> {
  const payload = body === undefined ? undefined : JSON.stringify(body);
  const headers: Record<string, string> = {
    connection: 'close',
    traceparent: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`,
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(payload !== undefined && {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(payload)),
    }),
  };
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      const why =
        error.name === 'AbortError' ? `no reply in ${Math.round(timeout)} ms` : error.message;
      reject(new NoReply(why, { cause: error }));
    };
    // It takes whole milliseconds only.
    const signal = AbortSignal.timeout(Math.round(timeout));
    const req = request(`${url}${path}`, { method, headers, agent: false, signal }, (res) => {
      const parts: Buffer[] = [];
      res.on('data', (part: Buffer) => parts.push(part)).on('error', fail);
      res.on('end', () => {
        const type = res.headers['content-type'] ?? '';
        const text = Buffer.concat(parts).toString();
        resolve({ status: res.statusCode ?? 0, type, body: parse(text, type) });
      });
    });
    req.on('error', fail).end(payload);
  });
}

function parse(text: string, type: string): unknown {
  if (!type.includes('json')) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** The same request as a line for a terminal. */
export function curlLine(url: string, action: Action, params: ActionParams, token: string): string {
  const { method, path, body } = action.request(params);
  const parts = ['curl', '-i', `-H 'authorization: Bearer ${token}'`];
  if (method !== 'GET') parts.push(`-X ${method}`);
  if (body !== undefined)
    parts.push(`-H 'content-type: application/json'`, `-d '${JSON.stringify(body)}'`);
  return [...parts, `'${url}${path}'`].join(' ');
}
