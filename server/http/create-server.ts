import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { AdmissionMetrics } from '../metrics/admission-metrics.ts';
import type { ServerConfiguration } from '../server-configuration.ts';
import { Admission } from './admission/admission.ts';
import { GatedConnection } from './admission/gated-connection.ts';
import { guardedProtocol } from './admission/guarded-paths.ts';
import { ShedLog } from './admission/shed-log.ts';
import type { ShedReason } from './admission/shed-reason.ts';
import { refusalBytes, sendRefusal } from './admission/shed-response.ts';
import { BESIDE_MODEL_MILLISECONDS } from './answer-deadlines.ts';
import { type AppDependencies, allowsOrigin, createApp } from './create-app.ts';
import { expressMessages } from './express-messages.ts';

/** What slow clients are given: for the headers of a request, and for all of it (1 MB at most). */
const SLOW_CLIENTS = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 1000 };
/** An idle connection costs 10 kB. Beyond so many, new ones are closed as they come. */
const MOST_CONNECTIONS = 4096;
/** From the end of an answer's time to the last byte that its reader takes. */
const READING_MILLISECONDS = 5000;
/** Containers are killed ten seconds after SIGTERM: what is open is cut before that. */
const CUT_MILLISECONDS = 6000;
const LOOK_MILLISECONDS = 50;

type ServerDependencies = Omit<AppDependencies, 'stopping' | 'configuration'> & {
  configuration: AppDependencies['configuration'] & Pick<ServerConfiguration, 'MAX_IN_FLIGHT'>;
};

/** `stop` ends what is in progress and settles when nothing is open any more, after 6 s at the latest. */
export type HttpServer = { server: Server; stop: () => Promise<void> };

/** The HTTP server: what costs something takes its turn in front of the application, all else is answered at once. */
export function createHttpServer(dependencies: ServerDependencies): HttpServer {
  const { configuration, logger, metrics } = dependencies;
  const stopping = new AbortController();
  const app = createApp({ ...dependencies, stopping: stopping.signal });
  const longestMilliseconds = configuration.CHAT_TIMEOUT_SECONDS * 1000 + BESIDE_MODEL_MILLISECONDS + READING_MILLISECONDS;
  const admissionMetrics = new AdmissionMetrics(metrics.registry);
  const shedLog = new ShedLog(logger);
  const readerOf = (origin: string | undefined) => (allowsOrigin(configuration.ALLOWED_ORIGINS, origin) ? origin : undefined);
  const noteShed = (reason: ShedReason) => {
    admissionMetrics.countShed(reason);
    shedLog.note(reason);
  };
  const admission = new Admission({
    mostInFlight: configuration.MAX_IN_FLIGHT,
    longestMilliseconds,
    stopping: stopping.signal,
    onQueueWait: (seconds) => admissionMetrics.observeWait(seconds),
    shed: (response, protocol, reason, origin) => {
      noteShed(reason);
      sendRefusal(response, protocol, reason, readerOf(origin));
    },
  });
  const connections = new WeakMap<Socket, GatedConnection>();
  const server = createServer({ ...SLOW_CLIENTS, ...expressMessages(app) }, (request, response) => {
    connections.get(request.socket)?.follow(response);
    const protocol = guardedProtocol(request.url ?? '');
    if (protocol === undefined) app(request, response);
    else admission.admit(request, response, protocol, () => app(request, response));
  });
  server.on('connection', (socket) => {
    admission.noteNewcomer();
    const gate = new GatedConnection(socket, (protocol, origin) => {
      const reason = admission.refusal();
      if (reason === undefined || reason === 'shutting-down') return undefined;
      noteShed(reason);
      return refusalBytes(protocol, reason, readerOf(origin));
    });
    connections.set(socket, gate);
  });
  server.maxConnections = MOST_CONNECTIONS;
  // Over which nothing moves for so long, in the middle of a response too.
  server.timeout = longestMilliseconds;
  admissionMetrics.watch(admission, promisify(server.getConnections.bind(server)));
  return { server, stop: () => stopServing(server, admission, stopping) };
}

/**
 * Newcomers are told to go elsewhere as long as somebody is still being answered; answers in progress end by themselves or by their
 * deadline (AnswerDeadlines); who does not read or does not hang up is cut.
 */
async function stopServing(server: Server, admission: Admission, stopping: AbortController): Promise<void> {
  stopping.abort();
  const cut = performance.now() + CUT_MILLISECONDS;
  while ((admission.open.size > 0 || admission.queued > 0) && performance.now() < cut) {
    server.closeIdleConnections();
    await delay(LOOK_MILLISECONDS);
  }
  const closed = new Promise((resolve) => server.close(resolve));
  admission.stop();
  // A client that asks again and again over one connection would keep it, and the process, open.
  while (server.listening || (await connectionsOf(server)) > 0) {
    if (performance.now() < cut) server.closeIdleConnections();
    else server.closeAllConnections();
    await delay(LOOK_MILLISECONDS);
  }
  await closed;
}

const connectionsOf = (server: Server) => promisify(server.getConnections.bind(server))();
