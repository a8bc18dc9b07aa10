import { connect } from 'node:net';

/** A response as a reader of bytes sees it. */
export type RawResponse = { status: number; headers: ReadonlyMap<string, string>; body: string; size: number };

/** `response` where there was one; `silent` where none came in time. A reset after a response is none of our business. */
export type Exchange = { kind: 'response'; response: RawResponse } | { kind: 'silent' };

/** More than any answer has. Reading stops there. */
const MOST_BYTES = 4 * 1024 * 1024;

/** Sends bytes over a connection of their own and reads until the server closes it, or nothing came for so long. */
export function sendBytes(port: number, bytes: Buffer, patienceMilliseconds: number): Promise<Exchange> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let size = 0;
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.setTimeout(patienceMilliseconds, () => socket.destroy());
    // The server may hang up before it has read everything: what it said until then counts.
    socket.on('error', () => {});
    socket.on('data', (part) => {
      parts.push(part);
      size += part.length;
      if (size > MOST_BYTES) socket.destroy();
    });
    socket.on('close', () => {
      const response = parseResponse(Buffer.concat(parts));
      resolve(response ? { kind: 'response', response } : { kind: 'silent' });
    });
  });
}

function parseResponse(bytes: Buffer): RawResponse | undefined {
  let rest = bytes;
  // “100 Continue” comes before the response proper.
  for (;;) {
    const end = rest.indexOf('\r\n\r\n');
    const head = (end < 0 ? rest : rest.subarray(0, end)).toString('latin1');
    const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1]);
    if (!Number.isInteger(status)) return undefined;
    rest = end < 0 ? Buffer.alloc(0) : rest.subarray(end + 4);
    if (status < 200) continue;
    const headers = new Map(
      head
        .split('\r\n')
        .slice(1)
        .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()] as const),
    );
    const body = headers.get('transfer-encoding') === 'chunked' ? joinChunks(rest) : rest;
    return { status, headers, body: body.toString('utf8'), size: bytes.length };
  }
}

function joinChunks(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const lineEnd = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString('latin1'), 16);
    if (lineEnd < 0 || !(size > 0)) break;
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 4 + size;
  }
  return Buffer.concat(parts);
}
