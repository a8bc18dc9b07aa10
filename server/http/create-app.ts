import { randomUUID } from 'node:crypto';
import compression from 'compression';
import cors from 'cors';
import express, { type Express, type Request, type RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import type { Logger } from 'pino';
import type { EmbeddingModel } from '../../ingest/embedding/embedding-model.ts';
import type { AnsweringDependencies } from '../answering/answer-question.ts';
import type { ChatModel } from '../answering/model/chat-model.ts';
import type { CurrentIndex } from '../current-index.ts';
import type { FeedbackLog } from '../feedback/record-feedback.ts';
import { RememberedAnswers } from '../feedback/remember-answers.ts';
import type { ServerConfiguration } from '../server-configuration.ts';
import { annotationRoutes } from './annotation-routes.ts';
import { askRoutes } from './ask-routes.ts';
import { chatRoutes } from './chat-routes.ts';
import { documentRoutes } from './document-routes.ts';
import { feedbackRoutes } from './feedback-routes.ts';
import { healthRoutes } from './health-routes.ts';
import { mcpErrorHandler } from './mcp-errors.ts';
import { mcpRoutes } from './mcp-routes.ts';
import { openAiErrorHandler } from './openai-errors.ts';
import { openAiRoutes } from './openai-routes.ts';
import { openapiRoutes } from './openapi-routes.ts';
import { pageRoutes } from './page-routes.ts';
import { notFound, Problem, problemHandler } from './problem.ts';
import { requireTrustedOrigin } from './require-origin.ts';
import { requireToken } from './require-token.ts';
import { verifyRoutes } from './verify-routes.ts';
import { widgetRoutes } from './widget-routes.ts';

export type AppDependencies = {
  currentIndex: CurrentIndex;
  embeddingModel: EmbeddingModel;
  chatModel?: ChatModel;
  feedback: FeedbackLog;
  logger: Logger;
  configuration: Pick<ServerConfiguration, 'PUBLIC_URL' | 'ALLOWED_ORIGINS' | 'API_TOKENS' | 'TRUST_PROXY_HOPS' | 'RATE_LIMIT_PER_MINUTE'>;
};

/** The HTTP application: middleware, then one router a concern, then the two handlers that answer what is left. */
export function createApp(dependencies: AppDependencies): Express {
  const { currentIndex, configuration, logger } = dependencies;
  const indexOf = () => currentIndex.get();
  const publicUrlOf = (request: Request) => configuration.PUBLIC_URL ?? originOf(request);
  const answeringOf = (request: Request): AnsweringDependencies => ({
    index: indexOf(),
    embeddingModel: dependencies.embeddingModel,
    chatModel: dependencies.chatModel,
    publicUrl: publicUrlOf(request),
    onDegraded: (error) =>
      logger.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'a model failed, the answer goes on without it'),
  });

  const answers = new RememberedAnswers();

  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', configuration.TRUST_PROXY_HOPS);
  app.set('query parser', 'simple');
  app.use(requestLog(logger));
  app.use(securityHeaders());
  app.use(healthRoutes(currentIndex));
  app.use(
    ['/api', '/v1', '/mcp', '/openapi.json', '/documents/:documentId/source.txt'],
    cors({
      origin: allowedOrigins(configuration.ALLOWED_ORIGINS),
      methods: ['GET', 'POST'],
      exposedHeaders: ['Retry-After', 'X-Request-Id'],
      maxAge: 600,
    }),
  );
  const limited = ['/v1', '/mcp', '/api/ask', '/api/chat', '/api/search', '/api/verify', '/api/feedback', '/documents/:documentId/check'];
  app.use(limited, limitRate(configuration.RATE_LIMIT_PER_MINUTE));
  app.use(['/v1', '/mcp'], requireToken(configuration.API_TOKENS));
  app.use(openAiRoutes(answeringOf, answers, logger));
  app.use('/v1', openAiErrorHandler(logger));
  app.use('/mcp', requireTrustedOrigin(configuration));
  app.use(mcpRoutes(answeringOf, answers, logger));
  app.use('/mcp', mcpErrorHandler(logger));
  app.use(askRoutes(answeringOf, answers, logger));
  app.use(chatRoutes(answeringOf, answers, logger));
  app.use(feedbackRoutes(answers, dependencies.feedback, logger));
  app.use(verifyRoutes(indexOf, publicUrlOf));
  app.use(documentRoutes(indexOf, publicUrlOf));
  app.use(annotationRoutes(indexOf, publicUrlOf));
  // Pages, code and descriptions; what streams is above.
  app.use(compression());
  app.use(openapiRoutes(publicUrlOf));
  app.use(widgetRoutes());
  app.use(pageRoutes(indexOf, publicUrlOf));
  app.use(notFound);
  app.use(problemHandler(logger));
  return app;
}

const allowedOrigins = (origins: string[]) => (origins.includes('*') ? '*' : origins.length > 0 ? origins : false);

/** The page needs its own script, style and requests and nothing else; no inline code, no third party. */
const securityHeaders = (): RequestHandler =>
  helmet({
    // Whether a domain is https-only is for the operator's proxy to say, not for one page on it.
    strictTransportSecurity: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        connectSrc: ["'self'"],
        imgSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
      },
    },
  });

/** A client is an address; IPv6 clients own a /56, so that is what counts. 0 turns the limit off. */
function limitRate(perMinute: number): RequestHandler {
  if (perMinute === 0) return (_request, _response, next) => next();
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    ipv6Subnet: 56,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // Whose address counts is TRUST_PROXY_HOPS' to say; a client's header is no reason to print a stack trace.
    validate: { forwardedHeader: false, xForwardedForHeader: false },
    handler: (_request, _response, next) =>
      next(new Problem(429, 'rate-limited', 'too many requests from this address: try again after the time in Retry-After')),
  });
}

/** One line a request, written when it ended; never the question. The id goes back to the client to be quoted in reports. */
const requestLog =
  (logger: Logger): RequestHandler =>
  (request, response, next) => {
    const requestId = randomUUID();
    const started = performance.now();
    response.locals['requestId'] = requestId;
    response.set('X-Request-Id', requestId);
    response.on('close', () => {
      const milliseconds = Math.round(performance.now() - started);
      logger.info(
        {
          requestId,
          method: request.method,
          path: request.path,
          status: response.statusCode,
          milliseconds,
          finished: response.writableFinished,
        },
        'request',
      );
    });
    next();
  };

/** The origin that the client used. A Host header that is no host is answered as if there were none. */
function originOf(request: Request): string {
  const origin = `${request.protocol}://${request.host ?? ''}`;
  return URL.canParse(origin) ? new URL(origin).origin : `http://127.0.0.1:${request.socket.localPort ?? 80}`;
}
