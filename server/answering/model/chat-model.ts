import type { ChatModelStreamEvent } from '@langchain/core/language_models/event';
import { boundedStream } from './bounded-stream.ts';
import { ModelBudget, type ModelGuards } from './model-budget.ts';
import { isPassing, ModelFailure, toModelFailure } from './model-failure.ts';
import { abortable, raceAbort } from './race-abort.ts';

/** How to reach an OpenAI-compatible chat endpoint. `timeoutMilliseconds` bounds all that one answer asks of it. */
export type ChatConfiguration = { model: string; apiKey?: string; baseUrl?: string; timeoutMilliseconds: number };

const MOST_OUTPUT_CHARACTERS = 16_000;
const RETRY_DELAY_MILLISECONDS = 200;

type Prompt = { system: string; user: string };
type Stream = (prompt: Prompt, signal: AbortSignal) => AsyncIterable<ChatModelStreamEvent>;

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
      const open = () => {
        isOpen = true;
      };
      try {
        const stream = await raceAbort(this.#connect(), signal);
        yield* abortable(linesOf(stream(prompt, signal), open), signal);
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

/** @param open told when the endpoint began to answer */
async function* linesOf(events: AsyncIterable<ChatModelStreamEvent>, open: () => void): AsyncGenerator<string> {
  let pending = '';
  let received = 0;
  let finish: unknown;
  for await (const event of events) {
    if (event.event === 'message-start') open();
    // LangChain's own reason says “stop” for each that it does not know.
    if (event.event === 'message-finish') finish = event.responseMetadata?.['finish_reason'] ?? event.reason;
    if (event.event !== 'content-block-delta' || event.delta.type !== 'text-delta') continue;
    const { text } = event.delta;
    received += text.length;
    if (received > MOST_OUTPUT_CHARACTERS)
      throw new ModelFailure('model-unusable-output', 'the model wrote more than any answer needs', 'output');
    pending += text;
    if (!text.includes('\n')) continue;
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
 * LangChain's model, whose events are read from it itself: on the way through its callbacks and tracing, which nobody here listens to, each
 * token is made a message and added to all before it, which took half of the CPU time of a streamed answer.
 */
async function connectModel({ model, apiKey, baseUrl }: ChatConfiguration): Promise<Stream> {
  // Tracing would send questions and passages to a third party.
  process.env['LANGSMITH_TRACING'] = 'false';
  process.env['LANGCHAIN_TRACING_V2'] = 'false';
  // Loaded behind the start: the client costs five times Express's import time.
  const { loadChatModels } = await import('./load-chat-models.ts');
  const { initChatModel, SystemMessage, HumanMessage } = await loadChatModels();
  const configurable = await initChatModel(`openai:${model}`, {
    apiKey: apiKey ?? 'none',
    // The client's own logger prints what it cannot parse, and an endpoint may repeat the key there.
    configuration: { baseURL: baseUrl, logLevel: 'off', fetch: boundedStream },
    temperature: 0,
    maxRetries: 0,
    streamUsage: false,
  });
  const chosen = await configurable._getModelInstance();
  return ({ system, user }, signal) => chosen._streamChatModelEvents([new SystemMessage(system), new HumanMessage(user)], { signal });
}

/** The reasons of OpenAI's API. An endpoint may write anything there, the question as well, and the message goes to the log. */
const FINISH_REASONS: readonly unknown[] = ['length', 'content_filter', 'tool_calls', 'function_call', undefined];
const toldReason = (finish: unknown) => (FINISH_REASONS.includes(finish) ? String(finish) : 'unknown');

/** Angle brackets in the material would let it close its own delimiter. */
export const escaped = (text: string): string => text.replace(/[<>]/g, (bracket) => (bracket === '<' ? '‹' : '›'));
