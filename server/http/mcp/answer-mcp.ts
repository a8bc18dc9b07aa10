import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { answerShared } from '../../answering/sharing/shared-answers.ts';
import type { RememberedAnswers } from '../../feedback/remember-answers.ts';
import { createMcpServer } from '../../protocols/mcp/create-mcp-server.ts';
import type { HttpAnswering } from '../start-answer.ts';

type McpAnswering = { answering: () => HttpAnswering; answers: RememberedAnswers; logger: Logger };

/** Answers one request of the protocol by a server of its own. */
export async function answerMcp(request: Request, response: Response, { answering, answers, logger }: McpAnswering): Promise<void> {
  const requestId = response.locals['requestId'];
  const handler = createMcpHandler(
    () =>
      createMcpServer({
        answering,
        ask: (ask, departure) => {
          const dependencies = answering();
          const start = (signal: AbortSignal) => answers.following(ask, answerShared(ask, dependencies, signal), dependencies.observer);
          return dependencies.deadlines.bound(start, departure);
        },
        onFailure: (error) => logger.error({ err: error, requestId }, 'MCP call failed'),
      }),
    { onerror: (error) => logger.debug({ err: error, requestId }, 'MCP request refused') },
  );
  await toNodeHandler(handler)(request, response, request.body);
}
