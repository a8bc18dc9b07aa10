import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readWholeRequest } from './read-whole-request.ts';

const BODY = '{"question":"能源"}';
const head = (...lines: string[]) => `${['POST /api/ask HTTP/1.1', 'Host: a', ...lines].join('\r\n')}\r\n\r\n`;
const WHOLE = `${head('Content-Type: application/json', `Content-Length: ${Buffer.byteLength(BODY)}`)}${BODY}`;
const read = (text: string) => readWholeRequest(Buffer.from(text));

test('a whole request is known by its path, and by the page that it comes from', () => {
  expect(read(WHOLE)).toEqual({ protocol: 'problem', origin: undefined });
  expect(read('GET /documents/x HTTP/1.1\r\nHost: a\r\norigin:  https://a.example:8443\r\n\r\n')).toEqual({
    protocol: 'problem',
    origin: 'https://a.example:8443',
  });
  for (const [path, protocol] of [
    ['/v1/models', 'openai'],
    ['/mcp', 'mcp'],
    ['/?view=elder-friendly', 'problem'],
    ['/API/ask', 'problem'],
    ['/healthz', undefined],
    ['/readyz', undefined],
    ['/metrics', undefined],
    ['/widget.js', undefined],
  ])
    expect(read(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`)).toEqual({ protocol, origin: undefined });
});

test.each([
  ['in chunks', `${head('Transfer-Encoding: chunked')}0\r\n\r\n`],
  ['in chunks and with a length', `${head('Content-Length: 5', 'Transfer-Encoding: chunked')}0\r\n\r\n`],
  ['with two lengths', `${head('Content-Length: 2', 'Content-Length: 2')}{}`],
  ['with two lengths in one', `${head('Content-Length: 2, 2')}{}`],
  ['with a length that is no number', `${head('Content-Length: +2')}{}`],
  ['with a length before a space', `${head('Content-Length : 2')}{}`],
  ['with a folded header', `${head('X: a\r\n Content-Length: 2')}{}`],
  ['with a bare line feed', `POST /api/ask HTTP/1.1\nHost: a\r\nContent-Length: 2\r\n\r\n{}`],
  ['that waits to be told to go on', head('Expect: 100-continue')],
  ['that asks for another protocol', head('Upgrade: websocket')],
  ['that ends its connection', head('Connection: close')],
  ['of HTTP/1.0', 'GET / HTTP/1.0\r\nHost: a\r\n\r\n'],
  ['of another method', 'DELETE /api/ask HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['to a proxy', 'GET http://a/api/ask HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['and the next one', `${WHOLE}${WHOLE}`],
  ['and a byte', `${WHOLE}x`],
])('a request %s is for the parser', (_, text) => {
  expect(read(text)).toBeUndefined();
});

test('law: the beginning of a request is no request', () => {
  const bytes = Buffer.from(WHOLE);
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), (length) => {
      expect(readWholeRequest(bytes.subarray(0, length))).toBeUndefined();
    }),
  );
});
