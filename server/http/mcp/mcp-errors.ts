import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';
import { handleErrors, type Problem } from '../problem.ts';

const PARSE_ERROR = -32_700;
const INTERNAL_ERROR = -32_603;
/** What HTTP refused: JSON-RPC leaves −32000…−32099 to the server, and the SDK answers with this one likewise. */
const REFUSED = -32_000;

function codeOf({ status, code }: Problem): number {
  if (code === 'bad-json') return PARSE_ERROR;
  return status === 500 ? INTERNAL_ERROR : REFUSED;
}

/** Last below `/mcp`: every refusal and failure as a JSON-RPC error, of no request in particular. */
export const mcpErrorHandler = (logger: Logger): ErrorRequestHandler =>
  handleErrors(logger, (problem, response) => {
    const body = { jsonrpc: '2.0', error: { code: codeOf(problem), message: problem.message, data: { code: problem.code } }, id: null };
    response.status(problem.status).set(problem.headers).json(body);
  });
