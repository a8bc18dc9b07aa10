import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import { handleErrors, Problem } from '../problem.ts';

/** The error object of the OpenAI API: https://platform.openai.com/docs/guides/error-codes. */
export type OpenAiError = { error: { message: string; type: string; param: string | null; code: string } };

/** OpenAI's own names, where it has them: clients look for these. */
const CODES: Record<string, string> = { 'invalid-token': 'invalid_api_key', 'rate-limited': 'rate_limit_exceeded' };

function typeOf(status: number): string {
  if (status === 429) return 'rate_limit_error';
  return status >= 500 ? 'server_error' : 'invalid_request_error';
}

/** Which parameter is wrong. The question is the last of the messages. */
function paramOf(error: unknown, path: string): string | null {
  if (!(error instanceof z.ZodError)) return null;
  const param = error.issues[0]?.path.join('.') ?? '';
  if (param === 'question') return /\/responses\/?$/.test(path) ? 'input' : 'messages';
  return param === '' ? null : param;
}

/** The first issue in a sentence: messages of our schemas have no subject of their own. */
function tellIssue({ issues: [issue] }: z.ZodError, fallback: string): string {
  if (!issue) return fallback;
  const path = issue.path.join('.');
  return path === 'question' ? `the question ${issue.message}` : `${path === '' ? 'the body' : path}: ${issue.message}`;
}

/** OpenAI's API answers 400 to what cannot be processed, never 422. */
const statusOf = ({ status }: Problem) => (status === 422 ? 400 : status);

/** Last below `/v1`: every refusal and failure in OpenAI's shape, which its clients turn into typed errors. */
export const openAiErrorHandler = (logger: Logger): ErrorRequestHandler =>
  handleErrors(logger, (problem, response, request, error) => {
    const status = statusOf(problem);
    const message = error instanceof z.ZodError ? tellIssue(error, problem.message) : problem.message;
    const code = CODES[problem.code] ?? problem.code.replaceAll('-', '_');
    const body: OpenAiError = { error: { message, type: typeOf(status), param: paramOf(error, request.path), code } };
    response.status(status).set(problem.headers).json(body);
  });

export const unknownModel = (model: string, available: readonly string[]): Problem =>
  new Problem(404, 'model-not-found', `there is no model “${model}” here: use ${available.join(' or ')}`);
