import express, { type RequestHandler } from 'express';
import type { z } from 'zod';
import { Problem } from './problem.ts';

type BodyLimits = { bytes: number; depth: number };

const QUESTION: BodyLimits = { bytes: 16 * 1024, depth: 8 };
/**
 * Clients of other protocols send the whole conversation each time, citations included (3 to 55 kB an answer), and the schemas of
 * tools that we do not call.
 */
const CONVERSATION: BodyLimits = { bytes: 1024 * 1024, depth: 32 };

/** How deep brackets nest outside strings; counted on the bytes, so that a hostile body is never built as objects first. */
function nestingDepth(bytes: Buffer): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index];
    if (inString) {
      if (byte === 0x5c) index++;
      else if (byte === 0x22) inString = false;
    } else if (byte === 0x22) inString = true;
    else if (byte === 0x7b || byte === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (byte === 0x7d || byte === 0x5d) depth--;
  }
  return deepest;
}

const requireJson: RequestHandler = (request, _response, next) => {
  if (!request.is('application/json')) throw new Problem(415, 'unsupported-media-type', 'send JSON with Content-Type: application/json');
  next();
};

/** Checks in this order, each before the next costs anything: content type → size → depth → JSON. */
const readJson = ({ bytes: limit, depth }: BodyLimits): RequestHandler[] => [
  requireJson,
  express.json({
    limit,
    strict: false,
    verify: (_request, _response, bytes) => {
      if (nestingDepth(bytes) > depth) throw new Problem(400, 'bad-json', `the body is nested deeper than ${depth} levels`);
    },
  }),
];

export const jsonBody: RequestHandler[] = readJson(QUESTION);
export const conversationBody: RequestHandler[] = readJson(CONVERSATION);

/**
 * The body as the schema has it.
 * @throws ZodError, told as 422
 */
export const parseBody = <Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> => schema.parse(body);
