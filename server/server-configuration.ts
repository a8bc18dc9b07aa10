import { z } from 'zod';
import { dataEnvironment, optionalText } from '../ingest/ingest-configuration.ts';
import type { ChatConfiguration } from './answering/model/chat-model.ts';

/** Words separated by commas; none where it is not set. */
const wordsIn = (list: string | undefined): string[] =>
  (list ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

const numberWithDefault = (fallback: number, schema: z.ZodNumber) =>
  optionalText.transform((text) => Number(text ?? fallback)).pipe(schema);

/** What the server and the `ask` command read from the environment; `.env.example` documents each variable. */
export const serverEnvironment = dataEnvironment.extend({
  PORT: numberWithDefault(3000, z.number().int().min(0).max(65_535)),
  HOST: optionalText.transform((host) => host ?? '127.0.0.1'),
  PUBLIC_URL: optionalText.pipe(z.url({ protocol: /^https?$/ }).optional()).transform((url) => url?.replace(/\/+$/u, '')),
  ALLOWED_ORIGINS: optionalText
    .transform(wordsIn)
    .pipe(z.array(z.union([z.literal('*'), z.url({ protocol: /^https?$/ })])))
    // Browsers name an origin without a path or a slash at its end.
    .transform((origins) => origins.map((origin) => (origin === '*' ? origin : new URL(origin).origin))),
  API_TOKENS: optionalText
    // It would leave open what its operator thinks closed.
    .refine((list) => list === undefined || wordsIn(list).length > 0, 'names no token: leave it empty to let everyone in')
    .transform(wordsIn)
    .pipe(z.array(z.string().regex(/^[\x21-\x7e]+$/, 'a token is made of ASCII letters, digits and marks, without spaces'))),
  TRUST_PROXY_HOPS: numberWithDefault(0, z.number().int().min(0).max(10)),
  RATE_LIMIT_PER_MINUTE: numberWithDefault(120, z.number().int().min(0)),
  MAX_IN_FLIGHT: numberWithDefault(64, z.number().int().min(1).max(10_000)),
  CHAT_MODEL: optionalText,
  CHAT_TIMEOUT_SECONDS: numberWithDefault(20, z.number().positive().max(600)),
  LOG_QUESTIONS: optionalText.pipe(z.enum(['true', 'false']).optional()).transform((answer) => answer === 'true'),
  CHAT_CALLS_PER_DAY: numberWithDefault(5000, z.number().int().min(0)),
  LOG_LEVEL: optionalText
    .pipe(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional())
    .transform((level) => level ?? 'info'),
});

export type ServerConfiguration = z.infer<typeof serverEnvironment>;

/** The chat endpoint, or `undefined` where no model is named: answers are then extractive. */
export const chatConfiguration = ({
  CHAT_MODEL,
  OPENAI_API_KEY,
  OPENAI_BASE_URL,
  CHAT_TIMEOUT_SECONDS,
}: ServerConfiguration): ChatConfiguration | undefined =>
  CHAT_MODEL === undefined
    ? undefined
    : { model: CHAT_MODEL, apiKey: OPENAI_API_KEY, baseUrl: OPENAI_BASE_URL, timeoutMilliseconds: CHAT_TIMEOUT_SECONDS * 1000 };
