import type { AnswerEvent, AskRequest, ProblemBody } from '../../server/wire.ts';
import { readAnswerBody, readAnswerEvents, readProblem } from './answer-events.ts';

/** Why there is no answer, as far as the visitor can act on it. */
export type AskFailure =
  | { kind: 'network' }
  | { kind: 'rate-limited' | 'not-ready'; retryAfterSeconds: number | undefined }
  | { kind: 'refused' | 'server'; code: string | undefined };

export class AskError extends Error {
  readonly failure: AskFailure;

  constructor(failure: AskFailure) {
    super(failure.kind);
    this.name = 'AskError';
    this.failure = failure;
  }
}

export type AnswerProgress = Exclude<AnswerEvent, { event: 'answer-error' }>;

/** `Retry-After` is a number of seconds or a date. */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,6}$/.test(header.trim())) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}

function failureOfStatus(status: number, problem: ProblemBody | undefined, retryAfterSeconds: number | undefined): AskFailure {
  if (status === 429) return { kind: 'rate-limited', retryAfterSeconds };
  if (status === 503) return { kind: 'not-ready', retryAfterSeconds };
  // 404 is no fault of the question: there is no such document, or no such server.
  const isRefused = status >= 400 && status < 500 && status !== 404;
  return { kind: isRefused ? 'refused' : 'server', code: problem?.code };
}

/** The body as JSON; `undefined` where it is something else, e.g. the error page of a proxy in between. */
async function readJson(response: Response): Promise<unknown> {
  return response.json().catch(() => undefined);
}

async function post(server: string, request: AskRequest, signal: AbortSignal): Promise<Response> {
  return fetch(new URL('/api/ask', server), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
    body: JSON.stringify(request),
    credentials: 'omit',
    signal,
  });
}

async function* readProgress(response: Response): AsyncGenerator<AnswerProgress> {
  if (!response.ok) {
    const retryAfter = parseRetryAfter(response.headers.get('Retry-After'), Date.now());
    throw new AskError(failureOfStatus(response.status, readProblem(await readJson(response)), retryAfter));
  }
  const contentType = response.headers.get('Content-Type') ?? '';
  if (!contentType.startsWith('text/event-stream') || !response.body) {
    const data = readAnswerBody(await readJson(response));
    if (!data) throw new AskError({ kind: 'server', code: undefined });
    yield { event: 'answer-end', data };
    return;
  }
  for await (const answerEvent of readAnswerEvents(response.body)) {
    if (answerEvent.event === 'answer-error') {
      throw new AskError(failureOfStatus(answerEvent.data.status, answerEvent.data, undefined));
    }
    yield answerEvent;
    if (answerEvent.event === 'answer-end') return;
  }
  // The stream broke off: sentences may be missing, so what was shown must not pass for the answer.
  throw new AskError({ kind: 'network' });
}

/** Asks, and yields the answer's events up to `answer-end`. Throws `AskError` for any other ending. */
export async function* askQuestion(server: string, request: AskRequest, signal: AbortSignal): AsyncGenerator<AnswerProgress> {
  try {
    yield* readProgress(await post(server, request, signal));
  } catch (error) {
    throw error instanceof AskError ? error : new AskError({ kind: 'network' });
  }
}
