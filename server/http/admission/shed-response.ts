import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Protocol } from './guarded-paths.ts';
import type { ShedReason } from './shed-reason.ts';

export const OVERLOADED = 'too many questions at once: try again after the time in Retry-After';
export const SHUTTING_DOWN = 'the server is shutting down: try again after the time in Retry-After';

export const SLOW_BODY = 'the body of the request did not come in time: send it again';

type Status = { status: 408 | 503; title: string; code: string; detail: string; retrySeconds: number; isLast: boolean };

/** When to come again: long enough for a burst to pass, short enough for a person to wait; a server that stops is gone for longer. */
const overloaded = (retrySeconds: number): Status => ({
  status: 503,
  title: 'Not ready',
  code: 'overloaded',
  detail: OVERLOADED,
  retrySeconds,
  isLast: false,
});
const TOLD: Record<ShedReason, Status> = {
  'queue-full': overloaded(2),
  'queue-timeout': overloaded(2),
  'too-many-open': overloaded(5),
  'event-loop-lag': overloaded(5),
  'shutting-down': { ...overloaded(10), code: 'shutting-down', detail: SHUTTING_DOWN, isLast: true },
  // The rest of the body may never come.
  'slow-body': { status: 408, title: 'Request timeout', code: 'slow-body', detail: SLOW_BODY, retrySeconds: 1, isLast: true },
};

type Header = [name: string, value: string];
type Refusal = { status: number; headers: Header[]; body: string; bytes: Buffer };

function bodyOf(protocol: Protocol, { status, title, code, detail }: Status): object {
  const type = status === 503 ? 'server_error' : 'invalid_request_error';
  if (protocol === 'openai') return { error: { message: detail, type, param: null, code: code.replaceAll('-', '_') } };
  if (protocol === 'mcp') return { jsonrpc: '2.0', error: { code: -32_000, message: detail, data: { code } }, id: null };
  return { type: 'about:blank', title, status, detail, code };
}

function refusal(protocol: Protocol, reason: ShedReason): Refusal {
  const told = TOLD[reason];
  const type = protocol === 'problem' ? 'application/problem+json' : 'application/json';
  const body = JSON.stringify(bodyOf(protocol, told));
  const headers: Header[] = [
    ['Content-Type', `${type}; charset=utf-8`],
    ['Content-Length', String(Buffer.byteLength(body))],
    ['Retry-After', String(told.retrySeconds)],
    ['Cache-Control', 'no-store'],
    ['X-Content-Type-Options', 'nosniff'],
    ...(told.isLast ? [['Connection', 'close'] satisfies Header] : []),
  ];
  return { status: told.status, headers, body, bytes: Buffer.from(written(told.status, headers, body)) };
}

const written = (status: number, headers: Header[], body: string) =>
  `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;

const refusals = (protocol: Protocol): Record<ShedReason, Refusal> => ({
  'queue-full': refusal(protocol, 'queue-full'),
  'queue-timeout': refusal(protocol, 'queue-timeout'),
  'slow-body': refusal(protocol, 'slow-body'),
  'too-many-open': refusal(protocol, 'too-many-open'),
  'event-loop-lag': refusal(protocol, 'event-loop-lag'),
  'shutting-down': refusal(protocol, 'shutting-down'),
});

/** Made once: a refusal must cost next to nothing. */
const REFUSALS: Record<Protocol, Record<ShedReason, Refusal>> = {
  problem: refusals('problem'),
  openai: refusals('openai'),
  mcp: refusals('mcp'),
};

const readableFor = (origin: string): Header[] => [
  ['Access-Control-Allow-Origin', origin],
  ['Access-Control-Expose-Headers', 'Retry-After'],
  ['Vary', 'Origin'],
];

/**
 * Refuses, saying when to try again, in the shape of the protocol. The connection stays open, unless this is its last: a new one costs
 * more than the refusal.
 * @param origin whose pages may read it
 */
export function sendRefusal(response: ServerResponse, protocol: Protocol, reason: ShedReason, origin: string | undefined): void {
  const { status, headers, body } = REFUSALS[protocol][reason];
  const all = origin === undefined ? headers : [...headers, ...readableFor(origin)];
  response.writeHead(status, all.flat());
  // As a string: Node then writes it with the headers in one piece.
  response.end(body, 'latin1');
}

/** The same as bytes, for a connection whose request was never parsed. */
export function refusalBytes(protocol: Protocol, reason: ShedReason, origin: string | undefined): Buffer {
  const { status, headers, body, bytes } = REFUSALS[protocol][reason];
  return origin === undefined ? bytes : Buffer.from(written(status, [...headers, ...readableFor(origin)], body));
}
