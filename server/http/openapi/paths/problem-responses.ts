import type { ZodOpenApiHeadersObject, ZodOpenApiResponseObject } from 'zod-openapi';
import { problemSchema } from '../../../wire.ts';
import { OVERLOADED, SHUTTING_DOWN, SLOW_BODY } from '../../admission/shed-response.ts';
import { NOT_READY } from '../../problem.ts';

type Refusal = { id: string; status: number; description: string; codes: Record<string, string>; headers?: ZodOpenApiHeadersObject };

/** A refusal as clients get it: `codes` are the codes it may have, each with what its `detail` says. */
function refusal({ id, description, codes, headers, status }: Refusal): ZodOpenApiResponseObject {
  const listed = Object.keys(codes).map((code) => `\`${code}\``);
  const examples = Object.entries(codes).map(([code, detail]) => [
    code,
    { value: { type: 'about:blank', title: description, status, detail, code } },
  ]);
  return {
    id,
    description: `${description} (${listed.join(', ')})`,
    headers,
    content: { 'application/problem+json': { schema: problemSchema, examples: Object.fromEntries(examples) } },
  };
}

const retryAfter: ZodOpenApiHeadersObject = {
  'Retry-After': { schema: { type: 'integer' }, description: 'When to try again, in seconds.', required: true },
};

const badBody = refusal({
  id: 'BadBody',
  status: 400,
  description: 'Bad request',
  codes: {
    'bad-json': 'the body is not valid JSON',
    'bad-encoding': 'the body is not compressed as its Content-Encoding says',
    'bad-length': 'the body does not have the announced length',
  },
});
const slowBody = refusal({
  id: 'SlowBody',
  status: 408,
  description: 'Request timeout',
  codes: { 'slow-body': SLOW_BODY },
});
const tooLarge = refusal({
  id: 'TooLarge',
  status: 413,
  description: 'Request too large',
  codes: { 'body-too-large': 'the body is larger than 16 kB' },
});
const conversationTooLarge = refusal({
  id: 'ConversationTooLarge',
  status: 413,
  description: 'Request too large',
  codes: { 'body-too-large': 'the body is larger than 1024 kB' },
});
const unsupportedBody = refusal({
  id: 'UnsupportedBody',
  status: 415,
  description: 'Unsupported media type',
  codes: {
    'unsupported-media-type': 'send JSON with Content-Type: application/json',
    'unsupported-encoding': 'send the body as it is, or compressed with gzip, deflate or br',
    'unsupported-charset': 'send the body in UTF-8',
  },
});

export const invalidRequest = refusal({
  id: 'InvalidRequest',
  status: 422,
  description: 'Invalid request',
  codes: { 'invalid-request': '✖ is longer than 500 characters\n  → at question' },
});
export const rateLimited = refusal({
  id: 'RateLimited',
  status: 429,
  description: 'Too many requests',
  codes: { 'rate-limited': 'too many requests from this address: try again after the time in Retry-After' },
  headers: retryAfter,
});

/** What any route may answer that reads the documents. */
export const indexProblems = {
  500: refusal({
    id: 'InternalError',
    status: 500,
    description: 'Internal error',
    codes: { internal: 'something went wrong on our side' },
  }),
  503: refusal({
    id: 'NotReadyProblem',
    status: 503,
    description: 'Not ready',
    codes: {
      'index-missing': NOT_READY,
      'index-corrupt': NOT_READY,
      'index-mismatch': NOT_READY,
      'store-unavailable': NOT_READY,
      overloaded: OVERLOADED,
      'shutting-down': SHUTTING_DOWN,
      'timed-out': 'the answer took too long: try again',
    },
    headers: retryAfter,
  }),
};

/** What any route may answer that takes a JSON body and is limited. */
export const bodyProblems = { 400: badBody, 408: slowBody, 413: tooLarge, 415: unsupportedBody, 422: invalidRequest, 429: rateLimited };

/** And what one may answer that takes whole conversations. */
export const conversationProblems = {
  ...bodyProblems,
  413: conversationTooLarge,
  422: refusal({
    id: 'InvalidConversation',
    status: 422,
    description: 'Invalid request',
    codes: {
      'invalid-request': '✖ Invalid input: expected array, received undefined\n  → at messages',
      'no-question': 'the conversation has no question: its last message of the user is missing or has no text in it',
    },
  }),
};

export const unknownDocument = refusal({
  id: 'UnknownDocument',
  status: 404,
  description: 'Not found',
  codes: { 'unknown-document': 'no such document: GET /api/documents lists them' },
});
export const unknownPlace = refusal({
  id: 'UnknownPlace',
  status: 404,
  description: 'Not found',
  codes: {
    'unknown-document': 'no such document: GET /api/documents lists them',
    'unknown-paragraph': 'no such paragraph: GET /api/documents/{documentId} lists them',
  },
});
export const feedbackNotStored = refusal({
  id: 'FeedbackNotStored',
  status: 503,
  description: 'Not ready',
  codes: {
    'feedback-full': 'the server cannot store feedback at present: try again later',
    'feedback-not-stored': 'the server cannot store feedback at present: try again later',
    'store-unavailable': NOT_READY,
    overloaded: OVERLOADED,
    'shutting-down': SHUTTING_DOWN,
  },
  headers: retryAfter,
});
