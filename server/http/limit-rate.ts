import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { Problem } from './problem.ts';

/** A client is an address; IPv6 clients own a /56, so that is what counts. 0 turns the limit off. */
export function limitRate(perMinute: number): RequestHandler {
  if (perMinute === 0) return (_request, _response, next) => next();
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    ipv6Subnet: 56,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // Whose address counts is TRUST_PROXY_HOPS' to say; a client's header is no reason to print a stack trace.
    validate: { forwardedHeader: false, xForwardedForHeader: false },
    handler: (_request, _response, next) =>
      next(new Problem(429, 'rate-limited', 'too many requests from this address: try again after the time in Retry-After')),
  });
}
