import type { DegradedReason } from '../../wire.ts';

/** How to reach an OpenAI-compatible chat endpoint. `timeoutMilliseconds` bounds all that one answer asks of it. */
export type ChatConfiguration = { model: string; apiKey?: string; baseUrl?: string; timeoutMilliseconds: number };

/** The model could not be used; the answer falls back to extracts. The cause is for the log and holds no SDK object. */
export class ModelFailure extends Error {
  override readonly name = 'ModelFailure';
  readonly reason: DegradedReason;

  constructor(reason: DegradedReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** What one answer may still ask of the model: calls left, and the signal that ends them all. `release` when the answer is done. */
export type ModelBudget = { calls: number; signal: AbortSignal; release: () => void };

/** A question may cost this many calls, whatever fails: rewriting and writing, or writing and one retry. */
const MOST_CALLS = 2;
const MOST_OUTPUT_CHARACTERS = 16_000;
const RETRY_DELAY_MILLISECONDS = 200;

type Prompt = { system: string; user: string };
type Chunk = { text: string; response_metadata: Record<string, unknown> };
type StreamingModel = { stream: (messages: [string, string][], options: { signal: AbortSignal }) => Promise<AsyncIterable<Chunk>> };

/** A chat model through LangChain. One instance serves all requests; the client is loaded on first use. */
export class ChatModel {
  readonly name: string;
  readonly #configuration: ChatConfiguration;
  #model: Promise<StreamingModel> | undefined;

  constructor(configuration: ChatConfiguration) {
    this.name = configuration.model;
    this.#configuration = configuration;
  }

  /** What a new answer may ask of the model. */
  newBudget(clientSignal: AbortSignal): ModelBudget {
    // Not AbortSignal.any over AbortSignal.timeout: in Node 20 the garbage collector may take both before they fire.
    const deadline = new AbortController();
    const end = () => deadline.abort();
    const timer = setTimeout(end, this.#configuration.timeoutMilliseconds);
    clientSignal.addEventListener('abort', end, { once: true });
    if (clientSignal.aborted) end();
    const release = () => {
      clearTimeout(timer);
      clientSignal.removeEventListener('abort', end);
    };
    return { calls: MOST_CALLS, signal: deadline.signal, release };
  }

  /**
   * Streams the lines that the model writes, each as it is complete; blank ones are left out.
   * @throws ModelFailure on time-out, transport error, a stream that did not finish, or a flood
   */
  async *lines(prompt: Prompt, budget: ModelBudget): AsyncGenerator<string> {
    let pending = '';
    let received = 0;
    let finish: unknown;
    try {
      for await (const chunk of abortable(await this.#openStream(prompt, budget), budget.signal)) {
        received += chunk.text.length;
        if (received > MOST_OUTPUT_CHARACTERS)
          throw new ModelFailure('model-unusable-output', 'the model wrote more than any answer needs');
        pending += chunk.text;
        const lines = pending.split('\n');
        pending = lines.pop() ?? '';
        yield* lines.filter((line) => line.trim() !== '');
        finish = chunk.response_metadata['finish_reason'] ?? finish;
      }
    } catch (error) {
      throw error instanceof ModelFailure ? error : toFailure(error, budget.signal);
    }
    // A stream that ends without “stop” returns normally all the same.
    if (finish !== 'stop') throw new ModelFailure('model-error', `the model’s stream ended early (finish_reason ${toldReason(finish)})`);
    if (pending.trim() !== '') yield pending;
  }

  /** One retry of our own, with jitter, where the budget allows it: the client's default turned one HTTP 500 into 7 requests and 87 s. */
  async #openStream({ system, user }: Prompt, budget: ModelBudget): Promise<AsyncIterable<Chunk>> {
    const { signal } = budget;
    const messages: [string, string][] = [
      ['system', system],
      ['user', user],
    ];
    const open = async () => {
      if (budget.calls <= 0) throw new ModelFailure('model-error', 'the model was asked as often as one answer may');
      budget.calls--;
      return raceAbort((await this.#connect()).stream(messages, { signal }), signal);
    };
    try {
      return await open();
    } catch (error) {
      if (signal.aborted || budget.calls <= 0 || !isPassing(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY_MILLISECONDS * (0.5 + Math.random())));
      return open();
    }
  }

  #connect(): Promise<StreamingModel> {
    this.#model ??= connectModel(this.#configuration);
    return this.#model;
  }
}

async function connectModel({ model, apiKey, baseUrl }: ChatConfiguration): Promise<StreamingModel> {
  // Tracing would send questions and passages to a third party.
  process.env['LANGSMITH_TRACING'] = 'false';
  process.env['LANGCHAIN_TRACING_V2'] = 'false';
  // Loaded on first use: the client costs five times Express's import time.
  const { initChatModel } = await import('langchain/chat_models/universal');
  return initChatModel(`openai:${model}`, {
    apiKey: apiKey ?? 'none',
    // The client's own logger prints what it cannot parse, and an endpoint may repeat the key there.
    configuration: { baseURL: baseUrl, logLevel: 'off' },
    temperature: 0,
    maxRetries: 0,
    streamUsage: false,
  });
}

/** The reasons of OpenAI's API. An endpoint may write anything there, the question as well, and the message goes to the log. */
const FINISH_REASONS: readonly unknown[] = ['length', 'content_filter', 'tool_calls', 'function_call', undefined];
const toldReason = (finish: unknown) => (FINISH_REASONS.includes(finish) ? String(finish) : 'unknown');

/** Angle brackets in the material would let it close its own delimiter. */
export const escaped = (text: string): string => text.replace(/[<>]/g, (bracket) => (bracket === '<' ? '‹' : '›'));

const statusOf = (error: unknown) =>
  typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number' ? error.status : undefined;

const isPassing = (error: unknown) => {
  const status = statusOf(error);
  return status === undefined || status === 429 || status >= 500;
};

/** Only the kind of failure is kept: the SDK's messages can echo the key. */
function toFailure(error: unknown, signal: AbortSignal): ModelFailure {
  if (signal.aborted) return new ModelFailure('model-timeout', 'the model did not finish in time');
  const status = statusOf(error);
  return new ModelFailure('model-error', status === undefined ? 'the model could not be reached' : `the model answered HTTP ${status}`);
}

/** Settles with the promise, or rejects with the signal. The promise is always listened to: a rejection unheard ends the process. */
function raceAbort<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise<Value>((resolve, reject) => {
    const abort = () => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
    if (signal.aborted) abort();
  });
}

/** Reads a stream that may ignore its signal: each step ends with the signal at the latest. */
async function* abortable<Value>(stream: AsyncIterable<Value>, signal: AbortSignal): AsyncGenerator<Value> {
  const iterator = stream[Symbol.asyncIterator]();
  try {
    for (;;) {
      const step = await raceAbort(iterator.next(), signal);
      if (step.done) return;
      yield step.value;
    }
  } finally {
    // Not awaited: a hanging upstream must not hold the answer; the signal closes its socket.
    void iterator.return?.()?.catch(() => {});
  }
}
