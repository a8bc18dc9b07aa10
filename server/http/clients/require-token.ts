import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { Problem } from '../problem.ts';

const digest = (token: string) => createHash('sha256').update(token).digest();

/**
 * Lets those in who send one of these tokens as `Authorization: Bearer …`; everyone where there are none. Compared as digests, so
 * that the time it takes tells nothing of a token.
 */
export function requireToken(tokens: readonly string[]): RequestHandler {
  const digests = tokens.map(digest);
  return (request, _response, next) => {
    const sent = digest(/^Bearer +(\S+)$/i.exec(request.get('Authorization') ?? '')?.[1] ?? '');
    if (digests.length > 0 && !digests.some((known) => timingSafeEqual(known, sent)))
      throw new Problem(401, 'invalid-token', 'send one of the server’s API_TOKENS as “Authorization: Bearer …”', {
        'WWW-Authenticate': 'Bearer',
      });
    next();
  };
}
