import type { RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit, type Store } from 'express-rate-limit';
import { Problem } from '../problem.ts';
import { RememberedClients } from './remember-clients.ts';

export const WINDOW_MILLISECONDS = 60_000;
/** IPv6 clients own a /56, and can send from any address of it. */
const SUBNET_BITS = 56;
/** What one client may have open at once: an office behind one address, each with a stream, and not a server's worth of them. */
const MOST_OPEN = 32;
const SOON = { 'Retry-After': '5' };

const clientOf = (address: string | undefined) => ipKeyGenerator(address ?? '', SUBNET_BITS);

/**
 * How often a client may come. A client is an address, whose is TRUST_PROXY_HOPS' to say. 0 turns the limit off.
 * @param clients where it is counted, if not by this server alone
 */
export function limitRate(perMinute: number, clients: Store = new RememberedClients(WINDOW_MILLISECONDS)): RequestHandler {
  if (perMinute === 0) return (_request, _response, next) => next();
  return rateLimit({
    windowMs: WINDOW_MILLISECONDS,
    limit: perMinute,
    store: clients,
    keyGenerator: ({ ip }) => clientOf(ip),
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // A client's header is no reason to print a stack trace.
    validate: { forwardedHeader: false, xForwardedForHeader: false },
    handler: (_request, _response, next) =>
      next(new Problem(429, 'rate-limited', 'too many requests from this address: try again after the time in Retry-After')),
  });
}

/** How many requests a client may have open at once, streams included. Off where clients are not told apart (0 `perMinute`). */
export function limitOpen(perMinute: number): RequestHandler {
  if (perMinute === 0) return (_request, _response, next) => next();
  const open = new Map<string, number>();
  return ({ ip }, response, next) => {
    const client = clientOf(ip);
    const count = open.get(client) ?? 0;
    if (count >= MOST_OPEN) throw new Problem(429, 'rate-limited', 'too many requests at once from this address: let some end first', SOON);
    open.set(client, count + 1);
    response.once('close', () => {
      const left = (open.get(client) ?? 1) - 1;
      if (left > 0) open.set(client, left);
      else open.delete(client);
    });
    next();
  };
}
