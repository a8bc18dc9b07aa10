import { z } from 'zod';
import { packageRoot } from '../../../ingest/package-root.ts';
import { strictProblem } from '../../../server/testing/wire-schemas.ts';
import type { RawRequest } from './mutate-request.ts';
import type { RawResponse } from './send-bytes.ts';

const openAiError = z.strictObject({
  error: z.strictObject({ message: z.string().min(1), type: z.string().min(1), param: z.string().nullable(), code: z.string().nullable() }),
});
const jsonRpcError = z.looseObject({
  jsonrpc: z.literal('2.0'),
  error: z.looseObject({ code: z.number().int(), message: z.string().min(1) }),
});

/** The largest answers are the description (200 kB), pages and the widget. */
const MOST_BYTES = 1024 * 1024;
/** Stack frames, places in the file system, our own and our libraries' code. */
const LEAKS = [
  /^\s+at .+:\d+/mu,
  /\bat \S+ \(/u,
  /node_modules/u,
  /file:\/\//u,
  /\/(?:home|root|tmp|usr|var)\//u,
  /ECONN|ENOENT|EISDIR|ENOTDIR|EACCES/u,
];
/** What Node's own parser refuses has no body, or none of ours. */
const REFUSED_BY_NODE = new Set([400, 408, 413, 414, 417, 431, 501, 505]);

/** What is wrong with a response, whatever the request was. */
export function responseFaults({ method, path }: RawRequest, { status, headers, body, size }: RawResponse): string[] {
  const faults: string[] = [];
  if (status >= 500 && !(status === 503 && headers.has('retry-after'))) faults.push(`HTTP ${status}`);
  if (size > MOST_BYTES) faults.push(`answered with ${size} bytes`);
  if (status >= 400) {
    for (const leak of LEAKS) if (leak.test(body)) faults.push(`the body gives ${leak} away: ${body.slice(0, 200)}`);
    const shape = errorShapeFault(method, path, status, headers, body);
    if (shape !== undefined) faults.push(`${shape} (HTTP ${status}, ${headers.get('content-type')}): ${body.slice(0, 200)}`);
  }
  if (body.includes(packageRoot)) faults.push('the body names our folder');
  return faults;
}

function errorShapeFault(
  method: string,
  path: string,
  status: number,
  headers: ReadonlyMap<string, string>,
  body: string,
): string | undefined {
  if (body === '') return method === 'HEAD' || REFUSED_BY_NODE.has(status) ? undefined : 'an error without a body';
  const type = headers.get('content-type') ?? '';
  if (type.startsWith('text/html')) return /^(?:http:\/\/[^/]*)?\/+documents\//i.test(path) ? undefined : 'an error in HTML';
  const value = parsed(body);
  if (type.startsWith('application/problem+json')) return strictProblem.safeParse(value).success ? undefined : 'no problem details';
  if (type.startsWith('application/json'))
    return openAiError.safeParse(value).success || jsonRpcError.safeParse(value).success ? undefined : 'an error in no protocol’s shape';
  return 'an error of an unknown type';
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
