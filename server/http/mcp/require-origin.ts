import { isIP } from 'node:net';
import type { Request, RequestHandler } from 'express';
import type { ServerConfiguration } from '../../server-configuration.ts';
import { Problem } from '../problem.ts';

type Trusted = Pick<ServerConfiguration, 'PUBLIC_URL' | 'ALLOWED_ORIGINS'>;

/**
 * Refuses pages of other sites, as the Model Context Protocol demands
 * (https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#security-warning). CORS would only keep them from reading
 * the answer. Who sends no Origin is no page of another site.
 */
export const requireTrustedOrigin =
  ({ PUBLIC_URL, ALLOWED_ORIGINS }: Trusted): RequestHandler =>
  (request, _response, next) => {
    const origin = request.get('Origin');
    const isTrusted =
      origin === undefined ||
      ALLOWED_ORIGINS.includes('*') ||
      ALLOWED_ORIGINS.includes(origin) ||
      (PUBLIC_URL !== undefined && origin === new URL(PUBLIC_URL).origin) ||
      isOwnAddress(origin, request);
    if (!isTrusted) throw new Problem(403, 'forbidden-origin', 'this site may not call the server: add it to ALLOWED_ORIGINS');
    next();
  };

/**
 * A page of the server itself. The Host header proves that for an address or localhost only: by DNS rebinding a page of evil.example
 * reaches this server with evil.example as both Origin and Host.
 */
function isOwnAddress(origin: string, request: Request): boolean {
  if (!URL.canParse(origin)) return false;
  const { host, hostname } = new URL(origin);
  return host === request.get('Host') && (hostname === 'localhost' || isIP(hostname.replace(/^\[|\]$/g, '')) > 0);
}
