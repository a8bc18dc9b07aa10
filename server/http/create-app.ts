import compression from 'compression';
import cors from 'cors';
import express, { type Express, type Request, type RequestHandler } from 'express';
import type { Store } from 'express-rate-limit';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { EmbeddingModel } from '../../ingest/embedding/embedding-model.ts';
import { YoujuError } from '../../ingest/youju-error.ts';
import type { ChatModel } from '../answering/model/chat-model.ts';
import type { SharedAnswers } from '../answering/sharing/shared-answers.ts';
import type { CurrentIndex } from '../current-index.ts';
import type { FeedbackStore } from '../feedback/record-feedback.ts';
import { RememberedAnswers } from '../feedback/remember-answers.ts';
import { keepJournal } from '../logs/answer-journal.ts';
import type { ServerMetrics } from '../metrics/server-metrics.ts';
import type { ServerConfiguration } from '../server-configuration.ts';
import { chatRoutes } from './ai-sdk/chat-routes.ts';
import { AnswerDeadlines, BESIDE_MODEL_MILLISECONDS } from './answer-deadlines.ts';
import { annotationRoutes } from './api/annotation-routes.ts';
import { askRoutes } from './api/ask-routes.ts';
import { documentRoutes } from './api/document-routes.ts';
import { feedbackRoutes } from './api/feedback-routes.ts';
import { verifyRoutes } from './api/verify-routes.ts';
import { limitOpen, limitRate } from './clients/limit-rate.ts';
import { requireToken } from './clients/require-token.ts';
import { healthRoutes } from './health-routes.ts';
import { mcpErrorHandler } from './mcp/mcp-errors.ts';
import { mcpRoutes } from './mcp/mcp-routes.ts';
import { requireTrustedOrigin } from './mcp/require-origin.ts';
import { measureRequests, metricsRoutes } from './metrics-routes.ts';
import { openAiErrorHandler } from './openai/openai-errors.ts';
import { openAiRoutes } from './openai/openai-routes.ts';
import { openapiRoutes } from './openapi/openapi-routes.ts';
import { pageRoutes } from './pages/page-routes.ts';
import { widgetRoutes } from './pages/widget-routes.ts';
import { notFound, problemHandler } from './problem.ts';
import { requestIdOf, requestLog } from './request-log.ts';
import { securityHeaders } from './security-headers.ts';
import type { HttpAnswering } from './start-answer.ts';

export type AppDependencies = {
  currentIndex: CurrentIndex;
  embeddingModel: EmbeddingModel;
  chatModel?: ChatModel;
  /** Absent where each question is answered anew. */
  shared?: SharedAnswers;
  feedback: FeedbackStore;
  /** Absent where nobody else looks into them. */
  answers?: RememberedAnswers;
  /** Absent where this server counts its clients alone. */
  clients?: Store;
  metrics: ServerMetrics;
  logger: Logger;
  /** Aborted when the server is to stop. */
  stopping: AbortSignal;
  configuration: Pick<
    ServerConfiguration,
    | 'PUBLIC_URL'
    | 'ALLOWED_ORIGINS'
    | 'API_TOKENS'
    | 'TRUST_PROXY_HOPS'
    | 'RATE_LIMIT_PER_MINUTE'
    | 'CHAT_TIMEOUT_SECONDS'
    | 'LOG_QUESTIONS'
  >;
};

/** What browsers on sites of ALLOWED_ORIGINS may call. */
const OPEN_TO_SITES = ['/api', '/v1', '/mcp', '/openapi.json', '/documents/:documentId/source.txt'];

/** What costs more than reading a file: questions and all that is like one. */
const LIMITED = ['/v1', '/mcp', '/api/ask', '/api/chat', '/api/search', '/api/verify', '/api/feedback', '/documents/:documentId/check'];

/** Lists cost little, what searches them is like a question. */
const LIMITED_SEARCHES = ['/', '/documents', '/api/documents'];

/** The HTTP application: middleware, then one router a concern, then the two handlers that answer what is left. */
export function createApp(dependencies: AppDependencies): Express {
  const { currentIndex, configuration, logger, metrics, stopping } = dependencies;
  const indexOf = () => currentIndex.get();
  const publicUrlOf = (request: Request) => configuration.PUBLIC_URL ?? originOf(request);
  const answeringOf = answeringFor(dependencies, publicUrlOf);
  const { answers = new RememberedAnswers() } = dependencies;

  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', configuration.TRUST_PROXY_HOPS);
  app.set('query parser', 'simple');
  app.use(requestLog(logger), measureRequests(metrics), securityHeaders());
  if (configuration.ALLOWED_ORIGINS.length > 0) app.use(OPEN_TO_SITES, openTo(configuration.ALLOWED_ORIGINS));
  const limits = [limitRate(configuration.RATE_LIMIT_PER_MINUTE, dependencies.clients), limitOpen(configuration.RATE_LIMIT_PER_MINUTE)];
  app.use(LIMITED, limits);
  // First what is asked most: each router before it is a look at every request.
  app.use(askRoutes(answeringOf, answers, logger));
  app.use(healthRoutes(currentIndex, stopping), metricsRoutes(metrics));
  app.get(LIMITED_SEARCHES, whereSearched(limits));

  app.use(['/v1', '/mcp'], requireToken(configuration.API_TOKENS));
  app.use('/mcp', requireTrustedOrigin(configuration));
  app.use(openAiRoutes({ dependenciesOf: answeringOf, answers, logger }), mcpRoutes(answeringOf, answers, logger));
  app.use('/v1', openAiErrorHandler(logger));
  app.use('/mcp', mcpErrorHandler(logger));

  app.use(chatRoutes(answeringOf, answers, logger), feedbackRoutes(answers, dependencies.feedback, logger));
  app.use(verifyRoutes(indexOf, publicUrlOf));
  app.use(documentRoutes(indexOf, publicUrlOf, answeringOf), annotationRoutes(indexOf, publicUrlOf));
  // Pages, code and descriptions; what streams is above.
  app.use(compression());
  app.use(openapiRoutes(publicUrlOf), widgetRoutes(), pageRoutes(indexOf, publicUrlOf, answeringOf));
  app.use(notFound);
  app.use(problemHandler(logger));
  return app;
}

/** Read anew for each question: a new generation of the index takes effect with the next one. */
function answeringFor(dependencies: AppDependencies, publicUrlOf: (request: Request) => string) {
  const { currentIndex, embeddingModel, chatModel, shared, logger, metrics, stopping, configuration } = dependencies;
  const journals = { metrics, logger, logsQuestions: configuration.LOG_QUESTIONS };
  const deadlines = new AnswerDeadlines(configuration.CHAT_TIMEOUT_SECONDS * 1000 + BESIDE_MODEL_MILLISECONDS, stopping);
  return (request: Request): HttpAnswering => {
    const requestId = requestIdOf(request);
    return {
      deadlines,
      index: currentIndex.get(),
      embeddingModel,
      chatModel,
      shared,
      publicUrl: publicUrlOf(request),
      onDegraded: (error) => {
        if (error instanceof YoujuError) metrics.model.countEmbeddingFailure();
        logger.warn({ err: error, requestId }, 'a model failed, the answer goes on without it');
      },
      observer: keepJournal(journals, requestId),
    };
  };
}

/** Searching is limited, listing is not. */
const whereSearched = (limits: RequestHandler[]): RequestHandler[] =>
  limits.map((limit) => (request, response, next) => (request.query['q'] ? limit(request, response, next) : next()));

const openTo = (origins: string[]) =>
  cors({
    origin: allowedOrigins(origins),
    methods: ['GET', 'POST'],
    exposedHeaders: ['Retry-After', 'X-Request-Id'],
    maxAge: 600,
  });

/** Whether a page of `origin` may read what is answered. */
export const allowsOrigin = (origins: string[], origin: string | undefined): boolean =>
  origin !== undefined && (origins.includes('*') || origins.includes(origin));

const allowedOrigins = (origins: string[]) => (origins.includes('*') ? '*' : origins);

/** Of the hosts that a server is called by. Clients choose what they send, so only some are remembered. */
const origins = new LRUCache<string, { origin: string | undefined }>({ max: 100 });

/** The origin that the client used. A Host header that is no host is answered as if there were none. */
function originOf(request: Request): string {
  const told = `${request.protocol}://${request.host ?? ''}`;
  let known = origins.get(told);
  if (known === undefined) {
    known = { origin: URL.canParse(told) ? new URL(told).origin : undefined };
    origins.set(told, known);
  }
  return known.origin ?? `http://127.0.0.1:${request.socket.localPort ?? 80}`;
}
