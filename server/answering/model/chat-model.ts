import { boundedStream } from './bounded-stream.ts';
import { ModelBudget, type ModelGuards } from './model-budget.ts';
import { isPassing, ModelFailure, toModelFailure } from './model-failure.ts';
import { abortable, raceAbort } from './race-abort.ts';

/** How to reach an OpenAI-compatible chat endpoint. `timeoutMilliseconds` bounds all that one answer asks of it. */
export type ChatConfiguration = { model: string; apiKey?: string; baseUrl?: string; timeoutMilliseconds: number };

const MOST_OUTPUT_CHARACTERS = 16_000;
const RETRY_DELAY_MILLISECONDS = 200;

type Prompt = { system: string; user: string };
type Chunk = { choices?: { delta?: { content?: string | null }; finish_reason?: string | null }[] };
type Stream = (prompt: Prompt, signal: AbortSignal) => Promise<AsyncIterable<Chunk>>;

/** A chat model through LangChain. One instance serves all requests; the client is loaded when it is told to, on first use at the latest. */
export class ChatModel {
  readonly name: string;
  readonly guards: ModelGuards;
  readonly #configuration: ChatConfiguration;
  #stream: Promise<Stream> | undefined;

  constructor(configuration: ChatConfiguration, guards: ModelGuards = {}) {
    this.name = configuration.model;
    this.guards = guards;
    this.#configuration = configuration;
  }

  /** Loads the client, so that the first question need not wait for it: it takes a second. */
  async load(): Promise<void> {
    await this.#connect();
  }

  /** What a new answer may ask of the model. */
  newBudget(clientSignal: AbortSignal): ModelBudget {
    return new ModelBudget(this.guards, clientSignal, this.#configuration.timeoutMilliseconds);
  }

  /**
   * Streams the lines that the model writes, each as it is complete; blank ones are left out. One retry of our own, with jitter,
   * where the budget allows it: the client's default turned one HTTP 500 into 7 requests and 87 s.
   * @throws ModelFailure on time-out, transport error, a stream that did not finish, a flood, or where a guard keeps the call back
   */
  async *lines(prompt: Prompt, budget: ModelBudget): AsyncGenerator<string> {
    const { signal } = budget;
    for (;;) {
      await raceAbort(budget.takeCall(), signal).catch(throwAsFailure(signal));
      let isOpen = false;
      try {
        const connected = await this.#connect();
        const stream = await raceAbort(connected(prompt, signal), signal);
        isOpen = true;
        yield* linesOf(abortable(stream, signal));
        budget.endCall();
        return;
      } catch (error) {
        const failure = toModelFailure(error, signal);
        budget.endCall(failure);
        if (isOpen || signal.aborted || !budget.hasCallsLeft || !isPassing(error)) throw failure;
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY_MILLISECONDS * (0.5 + Math.random())));
    }
  }

  #connect(): Promise<Stream> {
    this.#stream ??= connectModel(this.#configuration);
    return this.#stream;
  }
}

const throwAsFailure = (signal: AbortSignal) => (error: unknown) => {
  throw toModelFailure(error, signal);
};

async function* linesOf(stream: AsyncIterable<Chunk>): AsyncGenerator<string> {
  let pending = '';
  let received = 0;
  let finish: unknown;
  for await (const { choices } of stream) {
    const text = choices?.[0]?.delta?.content ?? '';
    finish = choices?.[0]?.finish_reason ?? finish;
    received += text.length;
    if (received > MOST_OUTPUT_CHARACTERS)
      throw new ModelFailure('model-unusable-output', 'the model wrote more than any answer needs', 'output');
    pending += text;
    const lines = pending.split('\n');
    pending = lines.pop() ?? '';
    yield* lines.filter((line) => line.trim() !== '');
  }
  // A stream that ends without “stop” returns normally all the same. One that gives another reason did answer.
  if (finish !== 'stop') {
    const blame = finish === undefined ? 'endpoint' : 'output';
    throw new ModelFailure('model-error', `the model’s stream ended early (finish_reason ${toldReason(finish)})`, blame);
  }
  if (pending.trim() !== '') yield pending;
}

/**
 * LangChain's client, whose stream is read as it comes from the endpoint: to make a message of each token and tell it to callbacks took more
 * than half of the CPU time of a streamed answer.
 */
async function connectModel({ model, apiKey, baseUrl }: ChatConfiguration): Promise<Stream> {
  // Tracing would send questions and passages to a third party.
  process.env['LANGSMITH_TRACING'] = 'false';
  process.env['LANGCHAIN_TRACING_V2'] = 'false';
  // Loaded behind the start: the client costs five times Express's import time.
  const { loadOpenAiClient } = await import('../../../ingest/embedding/load-openai-client.ts');
  const { ChatOpenAICompletions } = await loadOpenAiClient();
  const client = new ChatOpenAICompletions({
    model,
    apiKey: apiKey ?? 'none',
    // The client's own logger prints what it cannot parse, and an endpoint may repeat the key there.
    configuration: { baseURL: baseUrl, logLevel: 'off', fetch: boundedStream },
    maxRetries: 0,
  });
  return ({ system, user }, signal) =>
    client.completionWithRetry(
      {
        model,
        messages: [
          { role: 'system', content: system },
          { role: 'user', content: user },
        ],
        temperature: 0,
        stream: true,
      },
      { signal },
    );
}

/** The reasons of OpenAI's API. An endpoint may write anything there, the question as well, and the message goes to the log. */
const FINISH_REASONS: readonly unknown[] = ['length', 'content_filter', 'tool_calls', 'function_call', undefined];
const toldReason = (finish: unknown) => (FINISH_REASONS.includes(finish) ? String(finish) : 'unknown');

/** Angle brackets in the material would let it close its own delimiter. */
export const escaped = (text: string): string => text.replace(/[<>]/g, (bracket) => (bracket === '<' ? '‹' : '›'));
