import type { ServerResponse } from 'node:http';
import type { Protocol } from './guarded-paths.ts';
import type { ShedReason } from './shed-reason.ts';

/** Long enough for a burst to pass, short enough for a person to wait. A server that stops is gone for longer. */
const RETRY_SECONDS: Record<ShedReason, number> = { 'queue-full': 2, 'queue-timeout': 2, 'event-loop-lag': 5, 'shutting-down': 10 };

const DETAILS = {
  overloaded: 'too many questions at once: try again after the time in Retry-After',
  'shutting-down': 'the server is shutting down: try again after the time in Retry-After',
};

type Told = { headers: string[]; body: string };

const codeOf = (reason: ShedReason) => (reason === 'shutting-down' ? reason : 'overloaded');

function tell(protocol: Protocol, reason: ShedReason): Told {
  const code = codeOf(reason);
  const detail = DETAILS[code];
  const type = protocol === 'problem' ? 'application/problem+json' : 'application/json';
  const body = JSON.stringify(bodyOf(protocol, code, detail));
  const headers = [
    ['Content-Type', `${type}; charset=utf-8`],
    ['Content-Length', String(Buffer.byteLength(body))],
    ['Retry-After', String(RETRY_SECONDS[reason])],
    ['Cache-Control', 'no-store'],
    ['X-Content-Type-Options', 'nosniff'],
    ...(reason === 'shutting-down' ? [['Connection', 'close']] : []),
  ].flat();
  return { headers, body };
}

function bodyOf(protocol: Protocol, code: string, detail: string): object {
  if (protocol === 'openai') return { error: { message: detail, type: 'server_error', param: null, code: code.replaceAll('-', '_') } };
  if (protocol === 'mcp') return { jsonrpc: '2.0', error: { code: -32_000, message: detail, data: { code } }, id: null };
  return { type: 'about:blank', title: 'Not ready', status: 503, detail, code };
}

const toldIn = (protocol: Protocol): Record<ShedReason, Told> => ({
  'queue-full': tell(protocol, 'queue-full'),
  'queue-timeout': tell(protocol, 'queue-timeout'),
  'event-loop-lag': tell(protocol, 'event-loop-lag'),
  'shutting-down': tell(protocol, 'shutting-down'),
});

/** Made once: a refusal must cost next to nothing. */
const TOLD: Record<Protocol, Record<ShedReason, Told>> = { problem: toldIn('problem'), openai: toldIn('openai'), mcp: toldIn('mcp') };

/**
 * Refuses with 503 and Retry-After, in the shape of the protocol. The connection stays open, unless the server is to stop: for the
 * next request of this client a new one would cost four times as much.
 * @param allowedOrigin lets a page of that site read the refusal
 */
export function sendShed(response: ServerResponse, protocol: Protocol, reason: ShedReason, allowedOrigin: string | undefined): void {
  const { headers, body } = TOLD[protocol][reason];
  const cors = allowedOrigin === undefined ? [] : ['Access-Control-Allow-Origin', allowedOrigin, 'Access-Control-Expose-Headers', 'Retry-After', 'Vary', 'Origin'];
  response.writeHead(503, cors.length > 0 ? [...headers, ...cors] : headers);
  response.end(body, 'latin1');
}
