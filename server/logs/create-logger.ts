import { type DestinationStream, destination as fileDestination, type Logger, pino } from 'pino';
import type { ServerConfiguration } from '../server-configuration.ts';
import { describeError } from './describe-error.ts';

/**
 * Lines are written some at a time: one by one, they took a tenth of a remembered answer. None waits longer than this, and all that wait are
 * written when the process ends.
 */
const BUFFER = { fd: 1, sync: false, minLength: 16_000, periodicFlush: 100 };

/** The log: a line of JSON an event, errors described without what they carry. */
export const createLogger = (
  { LOG_LEVEL }: Pick<ServerConfiguration, 'LOG_LEVEL'>,
  destination: DestinationStream = fileDestination(BUFFER),
): Logger => pino({ level: LOG_LEVEL, base: undefined, serializers: { err: (error: unknown) => describeError(error) } }, destination);
