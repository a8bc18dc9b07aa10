import express, { type Request, type RequestHandler } from 'express';
import type { z } from 'zod';
import { Problem } from './problem.ts';

/** `values` bounds how many values a body has, whatever they are. */
type BodyLimits = { bytes: number; depth: number; values?: number };

const QUESTION: BodyLimits = { bytes: 16 * 1024, depth: 8 };
/**
 * Clients of other protocols send the whole conversation each time, citations included (3 to 55 kB an answer), and the schemas of
 * tools that we do not call.
 */
const CONVERSATION: BodyLimits = { bytes: 1024 * 1024, depth: 32 };

/**
 * The MCP SDK checks every value of a message and sends back every fault: a body of 1 MB made of 340,000 wrong ones blocked the process
 * for 6 s and was answered with 89 MB. A call has less than 100 values.
 */
const MESSAGE: BodyLimits = { bytes: 512 * 1024, depth: 32, values: 1000 };

type Shape = { depth: number; values: number };

/** How deep brackets nest and how many values there are; counted on the bytes, so that a hostile body is never built as objects first. */
function shapeOf(bytes: Buffer): Shape {
  let depth = 0;
  let deepest = 0;
  let values = 1;
  let inString = false;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index];
    if (inString) {
      if (byte === 0x5c) index++;
      else if (byte === 0x22) inString = false;
    } else if (byte === 0x22) inString = true;
    else if (byte === 0x7b || byte === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (byte === 0x7d || byte === 0x5d) depth--;
    else if (byte === 0x2c) values++;
  }
  return { depth: deepest, values };
}

/**
 * Checks in this order, each before the next costs anything: content type → size → shape → JSON. Plain bodies do without body-parser: its
 * listeners and asynchronous resources are for those that are still on their way.
 */
function readJson(limits: BodyLimits): RequestHandler {
  const readAny = express.json({ limit: limits.bytes, strict: false, verify: (_request, _response, bytes) => checkShape(bytes, limits) });
  return (request, response, next) => {
    const bytes = plainBody(request, limits.bytes);
    if (bytes) {
      checkShape(bytes, limits);
      request.body = parseJson(bytes);
      next();
    } else if (request.is('application/json')) readAny(request, response, next);
    else throw new Problem(415, 'unsupported-media-type', 'send JSON with Content-Type: application/json');
  };
}

const PLAIN_JSON = /^application\/json(?:; ?charset=utf-8)?$/i;

/** The body of nearly all requests: JSON in UTF-8 as it is, and here already, as it is of those that took their turn (see Admission). */
function plainBody(request: Request, limit: number): Buffer | undefined {
  const { headers, complete, readableLength } = request;
  if (!PLAIN_JSON.test(headers['content-type'] ?? '') || headers['content-encoding'] !== undefined) return undefined;
  const isHere = complete && readableLength > 0 && readableLength <= limit && readableLength === Number(headers['content-length']);
  const bytes: unknown = isHere ? request.read() : undefined;
  return Buffer.isBuffer(bytes) ? bytes : undefined;
}

/** @throws Problem */
function parseJson(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  try {
    return JSON.parse(text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text);
  } catch {
    throw new Problem(400, 'bad-json', 'the body is not valid JSON');
  }
}

const BYTE_ORDER_MARK = 0xfeff;

/** @throws Problem */
function checkShape(bytes: Buffer, { depth, values = Number.POSITIVE_INFINITY }: BodyLimits): void {
  const shape = shapeOf(bytes);
  if (shape.depth > depth) throw new Problem(400, 'bad-json', `the body is nested deeper than ${depth} levels`);
  if (shape.values > values) throw new Problem(400, 'bad-json', `the body has more than ${values} values`);
}

export const jsonBody: RequestHandler = readJson(QUESTION);
export const conversationBody: RequestHandler = readJson(CONVERSATION);
export const messageBody: RequestHandler = readJson(MESSAGE);

/**
 * The body as the schema has it.
 * @throws ZodError, told as 422
 */
export const parseBody = <Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> => schema.parse(body);
