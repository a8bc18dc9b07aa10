import type { ServerResponse } from 'node:http';
import type { Protocol } from './guarded-paths.ts';
import type { ShedReason } from './shed-reason.ts';

/** Long enough for a burst to pass, short enough for a person to wait. A server that stops is gone for longer. */
const RETRY_SECONDS: Record<ShedReason, number> = {
  'queue-full': 2,
  'queue-timeout': 2,
  'too-many-open': 5,
  'event-loop-lag': 5,
  'shutting-down': 10,
};

export const OVERLOADED = 'too many questions at once: try again after the time in Retry-After';
export const SHUTTING_DOWN = 'the server is shutting down: try again after the time in Retry-After';

type Header = [name: string, value: string];
type Refusal = { headers: Header[]; body: string; bytes: Buffer };

function bodyOf(protocol: Protocol, code: string, detail: string): object {
  if (protocol === 'openai') return { error: { message: detail, type: 'server_error', param: null, code: code.replaceAll('-', '_') } };
  if (protocol === 'mcp') return { jsonrpc: '2.0', error: { code: -32_000, message: detail, data: { code } }, id: null };
  return { type: 'about:blank', title: 'Not ready', status: 503, detail, code };
}

function refusal(protocol: Protocol, reason: ShedReason): Refusal {
  const [code, detail] = reason === 'shutting-down' ? ['shutting-down', SHUTTING_DOWN] : ['overloaded', OVERLOADED];
  const type = protocol === 'problem' ? 'application/problem+json' : 'application/json';
  const body = JSON.stringify(bodyOf(protocol, code, detail));
  const headers: Header[] = [
    ['Content-Type', `${type}; charset=utf-8`],
    ['Content-Length', String(Buffer.byteLength(body))],
    ['Retry-After', String(RETRY_SECONDS[reason])],
    ['Cache-Control', 'no-store'],
    ['X-Content-Type-Options', 'nosniff'],
    ...(reason === 'shutting-down' ? [['Connection', 'close'] satisfies Header] : []),
  ];
  return { headers, body, bytes: Buffer.from(written(headers, body)) };
}

const written = (headers: Header[], body: string) =>
  `HTTP/1.1 503 Service Unavailable\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;

const refusals = (protocol: Protocol): Record<ShedReason, Refusal> => ({
  'queue-full': refusal(protocol, 'queue-full'),
  'queue-timeout': refusal(protocol, 'queue-timeout'),
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
 * Refuses with 503 and Retry-After, in the shape of the protocol. The connection stays open, unless the server is to stop: a new one
 * costs more than the refusal.
 * @param origin whose pages may read it
 */
export function sendRefusal(response: ServerResponse, protocol: Protocol, reason: ShedReason, origin: string | undefined): void {
  const { headers, body } = REFUSALS[protocol][reason];
  const all = origin === undefined ? headers : [...headers, ...readableFor(origin)];
  response.writeHead(503, all.flat());
  // As a string: Node then writes it with the headers in one piece.
  response.end(body, 'latin1');
}

/** The same as bytes, for a connection whose request was never parsed. */
export function refusalBytes(protocol: Protocol, reason: ShedReason, origin: string | undefined): Buffer {
  const { headers, body, bytes } = REFUSALS[protocol][reason];
  return origin === undefined ? bytes : Buffer.from(written([...headers, ...readableFor(origin)], body));
}
