import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';

/** A client that may break every rule: what `fetch` refuses to send, a hostile client sends. */

export type RawResponse = { status: number; headers: Record<string, string | string[] | undefined>; body: string };

export type RawRequest = { method?: string; path?: string; headers?: Record<string, string>; body?: string | Uint8Array };

/** Sends one request over a connection of its own and collects the response. */
export function sendRaw(port: number, { method = 'GET', path = '/', headers = {}, body }: RawRequest): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts).toString('utf8') }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Posts to the question route, as JSON where nothing else is said. */
export const postRaw = (port: number, body: string | Uint8Array, headers: Record<string, string> = {}): Promise<RawResponse> =>
  sendRaw(port, { method: 'POST', path: '/api/ask', headers: { 'content-type': 'application/json', ...headers }, body });

/** Writes bytes to a socket, hangs up after a moment and returns what came back until then. */
export function sendAndHangUp(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let received = '';
    socket.setEncoding('utf8');
    socket.on('data', (part) => {
      received += String(part);
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(received));
    socket.write(bytes, () => setTimeout(() => socket.destroy(), 50));
  });
}
