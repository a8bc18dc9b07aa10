import { type DestinationStream, type Logger, pino } from 'pino';
import type { ServerConfiguration } from '../server-configuration.ts';
import { describeError } from './describe-error.ts';

/** The log: a line of JSON an event, errors described without what they carry. */
export const createLogger = ({ LOG_LEVEL }: Pick<ServerConfiguration, 'LOG_LEVEL'>, destination?: DestinationStream): Logger =>
  pino({ level: LOG_LEVEL, base: undefined, serializers: { err: (error: unknown) => describeError(error) } }, destination);
