import { DatabaseError } from 'pg';
import { YoujuError } from '../youju-error.ts';

/** What an operator is told of the classes of SQLSTATE that are not this program's fault, and of the system's codes. */
const ADVICE: Record<string, string> = {
  '08': 'the connection broke: check the database and the network to it',
  '25': 'it is read-only: name the primary server in DATABASE_URL',
  '28': 'it refused the user or the password: check DATABASE_URL',
  '3D': 'there is no such database: create it, or check DATABASE_URL',
  '40': 'it ended a transaction for another one: try again',
  '53': 'it has run out of connections, memory or disk: give it more, or lower DATABASE_CONNECTIONS',
  '55': 'it lets nobody in at present: ALTER DATABASE … ALLOW_CONNECTIONS, or wait',
  '57': 'it is starting, stopping, or was told to end this query: wait for it to come back',
  '58': 'its disk or system failed: look into its log',
  ECONNREFUSED: 'nothing listens there: start it, or check DATABASE_URL',
  ENOTFOUND: 'the host is unknown: check DATABASE_URL',
  EAI_AGAIN: 'the host’s name cannot be looked up: check DATABASE_URL and the network',
};

/**
 * What is thrown for a failed query: `store-unavailable` for everything that is the database's or the network's; what is left would be
 * a fault of this program and is passed on as it is.
 */
export function databaseError(place: string, cause: unknown): unknown {
  if (cause instanceof YoujuError) return cause;
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  const advice = ADVICE[cause instanceof DatabaseError ? code.slice(0, 2) : code];
  if (cause instanceof DatabaseError && advice === undefined) return cause;
  const message = `the database at ${place} gives no answer (${code || 'it went away'}): ${advice ?? 'check that it runs and can be reached'}`;
  return new YoujuError('store-unavailable', message, { cause });
}
