import { gzipSync } from 'node:zlib';
import type { RandomSource } from '../random-source.ts';
import type { BaseRequest } from './base-requests.ts';
import { mutateBytes, mutateJson } from './mutate-json.ts';

/** A request as it goes over the wire. An incomplete one gets no answer, or an early one. */
export type RawRequest = { method: string; path: string; bytes: Buffer; isComplete: boolean };

const METHODS = [
  'GET',
  'POST',
  'HEAD',
  'OPTIONS',
  'PUT',
  'DELETE',
  'PATCH',
  'TRACE',
  'PROPFIND',
  'PURGE',
  'get',
  'QUERY',
  'M-SEARCH',
  'LINK',
];
const PATH_MUTATIONS: ((random: RandomSource, path: string) => string)[] = [
  (_, path) => path.toUpperCase(),
  (_, path) => `${path}/`,
  (_, path) => `/${path}`,
  (_, path) => path.replace(/\//g, '//'),
  (_, path) => path.replace(/[aeo]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  (random, path) =>
    path +
    random.pick([
      '%00',
      '%',
      '%zz',
      '%ff',
      '%2e%2e%2f',
      '%252f',
      '..%5c',
      ';x=1',
      '?',
      '??',
      '?a[b][c]=1',
      '?__proto__[x]=1',
      '?lang=xx',
      '?lang=en&lang=ru',
      '#frag',
      '\\..\\',
      '%e5%8f%8c',
      '.json',
      '.map',
    ]),
  (random, path) => path + 'a'.repeat(random.between(1, 9000)),
  (random, path) => `${path}?${random.times(random.between(1, 400), (at) => `k${at}=${at}`).join('&')}`,
  (_, path) => `http://other.example${path}`,
  (_, path) => `${path.split('/').slice(0, -1).join('/')}/../../../../etc/passwd`,
  (_, path) => path.replace(/[^/]+$/, '%2e%2e%2f%2e%2e%2fpackage.json'),
  (_, path) => path.replace(/[^/]+$/, 'constructor'),
  (_, path) => path.replace(/[^/]+$/, 'CHINA-kazakhstan-joint-statement-2019'),
  (random, path) => path.replace(/[^/]+$/, random.times(12, () => String.fromCharCode(random.between(33, 126))).join('')),
  () => '*',
];
const HEADERS: [string, string[]][] = [
  [
    'Content-Type',
    [
      'application/json',
      'text/plain',
      'application/json; charset=utf-16',
      'application/json; charset="',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'APPLICATION/JSON',
      'application/problem+json',
      ';;;',
      'a/b/c',
    ],
  ],
  ['Content-Encoding', ['gzip', 'br', 'deflate', 'identity', 'zstd', 'gzip, gzip']],
  ['Host', ['', 'a b', '[::1', 'evil.example:99999', '127.0.0.1:0', 'x'.repeat(3000), 'user:pass@host', '例え.example', '-', '<script>']],
  ['Origin', ['null', 'https://evil.example', 'http://127.0.0.1', '://', 'http://localhost:1', '\u00ff']],
  [
    'Accept',
    [
      'text/event-stream',
      '*/*',
      'application/json;q=0',
      'text/html',
      'a'.repeat(4000),
      'application/json, text/event-stream',
      'text/event-stream;q=0.1',
      ',,,',
    ],
  ],
  ['Accept-Language', ['zh-Hant', 'kk,ru;q=0.9', '*', 'x'.repeat(5000), ';q=9']],
  ['Accept-Encoding', ['gzip', 'br;q=0', 'x', '*;q=0']],
  ['Authorization', ['Bearer', 'Bearer x', `Bearer ${'x'.repeat(4000)}`, 'Basic Og==', 'bearer \u0001']],
  ['X-Forwarded-For', ['1.2.3.4', '::ffff:1.2.3.4, 5.6.7.8', 'unknown', '-', ','.repeat(3000), '\'"><']],
  ['X-Forwarded-Proto', ['https', 'javascript', 'https,http', '']],
  ['X-Forwarded-Host', ['evil.example', 'a,b,c', '"']],
  ['X-Request-Id', ['a', 'x'.repeat(4000), '\u00e9', '{}']],
  ['If-None-Match', ['*', '"x"', 'W/"', '"'.repeat(2000)]],
  ['If-Modified-Since', ['yesterday', 'Thu, 01 Jan 1970 00:00:00 GMT']],
  ['Range', ['bytes=0-0', 'bytes=-1', 'bytes=9999999-', `bytes=${'0-0,'.repeat(500)}1-2`, 'lines=1-2']],
  ['Expect', ['100-continue', 'something']],
  ['Mcp-Protocol-Version', ['2025-06-18', '1999-01-01', '']],
  ['Mcp-Session-Id', ['x', '../..']],
  ['Last-Event-ID', ['1', 'x'.repeat(1000)]],
  ['Upgrade', ['websocket', 'h2c']],
  ['Cookie', ['a=b; '.repeat(500)]],
  ['Access-Control-Request-Method', ['POST', 'x y']],
  ['Max-Forwards', ['0']],
  ['Transfer-Encoding', ['identity', 'gzip', 'chunked, chunked']],
];

const chunked = (body: Buffer, size: number) => {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; at += size) {
    const part = body.subarray(at, at + size);
    parts.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
};

type Framed = { headers: string[]; body: Buffer; isComplete: boolean };
/** How a body is announced: mostly as it is, sometimes wrongly. */
function frame(random: RandomSource, body: Buffer, method: string): Framed {
  if (body.length === 0 && method === 'GET') return { headers: [], body, isComplete: true };
  const whole: Framed = { headers: [`Content-Length: ${body.length}`], body, isComplete: true };
  if (random.chance(0.85)) return whole;
  return random.pick<() => Framed>([
    () => ({ headers: ['Transfer-Encoding: chunked'], body: chunked(body, random.between(1, 400)), isComplete: true }),
    () => ({ headers: ['Transfer-Encoding: chunked'], body: Buffer.from(`zz\r\n${body.toString('latin1')}`, 'latin1'), isComplete: true }),
    () => ({ headers: ['Transfer-Encoding: chunked'], body: Buffer.from('fffffffffffffffff\r\nx'), isComplete: true }),
    () => ({ headers: [`Content-Length: ${Math.max(0, body.length - random.between(1, 9))}`], body, isComplete: true }),
    () => ({ headers: [`Content-Length: ${body.length + random.between(1, 9)}`], body, isComplete: false }),
    () => ({ headers: ['Content-Length: -1'], body, isComplete: true }),
    () => ({ headers: [`Content-Length: ${body.length}`, `Content-Length: ${body.length + 1}`], body, isComplete: true }),
    () => ({ headers: [`Content-Length: ${body.length}`, 'Transfer-Encoding: chunked'], body: chunked(body, 100), isComplete: true }),
    () => ({ headers: ['Content-Length: 99999999999'], body, isComplete: false }),
    () => ({ headers: ['Content-Encoding: gzip', `Content-Length: ${gzipSync(body).length}`], body: gzipSync(body), isComplete: true }),
    () => ({ headers: ['Content-Encoding: gzip', `Content-Length: ${BOMB.length}`], body: BOMB, isComplete: true }),
  ])();
}
/** 10 MB of zeros in 10 kB. */
const BOMB = gzipSync(Buffer.alloc(10 * 1024 * 1024));

function mutateBody(random: RandomSource, { body, contentType }: BaseRequest): Buffer {
  if (body === undefined) return random.chance(0.1) ? Buffer.from('{"question":"双方"}') : Buffer.alloc(0);
  const isJson = contentType?.includes('json') ?? false;
  const text = isJson && random.chance(0.8) ? mutateJson(random, body) : body;
  const bytes = Buffer.from(text, 'utf8');
  return random.chance(0.2) ? mutateBytes(random, bytes) : bytes;
}

/** One base request with its method, path, headers, body and framing changed, each now and then. */
export function mutateRequest(random: RandomSource, base: BaseRequest): RawRequest {
  const method = random.chance(0.12) ? random.pick(METHODS) : base.method;
  const mutatedPath = random.chance(0.3) ? random.pick(PATH_MUTATIONS)(random, base.path) : base.path;
  // No white space or control character: that would be another request line.
  const path = mutatedPath.replace(/[\s\u0080-\uffff]/g, '%20');
  const framed = frame(random, mutateBody(random, base), method);
  const headers = new Map([
    ['Host', '127.0.0.1'],
    ['Accept', '*/*'],
    ...(base.contentType ? [['Content-Type', base.contentType] as const] : []),
  ]);
  for (let changes = random.chance(0.5) ? random.between(1, 4) : 0; changes > 0; changes--) {
    const [name, values] = random.pick(HEADERS);
    if (random.chance(0.1)) headers.delete(name);
    else headers.set(name, random.pick(values));
  }
  if (headers.has('Transfer-Encoding')) framed.isComplete = false;
  const version = random.chance(0.03) ? random.pick(['HTTP/1.0', 'HTTP/2.0', 'HTTP/9.9', '']) : 'HTTP/1.1';
  const extra = random.chance(0.02)
    ? [random.pick(['No colon here', ': empty', 'X-Null: a\u0000b', ` folded: yes`, `X-Big: ${'x'.repeat(20_000)}`])]
    : [];
  const lines = [
    `${method} ${path} ${version}`,
    ...[...headers].map(([name, value]) => `${name}: ${value}`),
    ...framed.headers,
    ...extra,
    'Connection: close',
  ];
  return {
    method,
    path,
    bytes: Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), framed.body]),
    isComplete: framed.isComplete,
  };
}
