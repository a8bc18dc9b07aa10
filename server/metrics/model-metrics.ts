import { Counter, Gauge, type Registry } from 'prom-client';
import type { ChatModel } from '../answering/model/chat-model.ts';
import type { BreakerState } from '../answering/model/circuit-breaker.ts';
import type { CallOutcome } from '../answering/model/model-budget.ts';
import type { AnswerSource, SharedAnswers } from '../answering/sharing/shared-answers.ts';

const STATES: Record<BreakerState, number> = { closed: 0, 'half-open': 1, open: 2 };

/** What the chat model and the embeddings endpoint cost and how they fail. */
export class ModelMetrics {
  readonly #registry: Registry;
  readonly #calls: Counter<'outcome'>;
  readonly #answers: Counter<'result'>;
  readonly #embeddingFailures: Counter;

  constructor(registry: Registry) {
    this.#registry = registry;
    const registers = [registry];
    this.#calls = new Counter({
      name: 'youju_model_calls_total',
      help: 'Calls of the chat model, retries and rewritten questions included: ok, why one failed, or abandoned by its client.',
      labelNames: ['outcome'],
      registers,
    });
    this.#answers = new Counter({
      name: 'youju_answer_cache_total',
      help: 'Answers for which the chat model might be called: hit from the cache, joined to one on its way, or miss.',
      labelNames: ['result'],
      registers,
    });
    this.#embeddingFailures = new Counter({
      name: 'youju_embedding_failures_total',
      help: 'Questions that were answered by their words alone, because the embeddings endpoint failed.',
      registers,
    });
  }

  countCall(outcome: CallOutcome): void {
    this.#calls.inc({ outcome });
  }

  countAnswer(result: AnswerSource): void {
    this.#answers.inc({ result });
  }

  countEmbeddingFailure(): void {
    this.#embeddingFailures.inc();
  }

  /** Reads the state of a chat model and of what is shared of its answers whenever the metrics are asked for. */
  watch({ guards: { breaker, calls } }: ChatModel, shared: SharedAnswers): void {
    const registers = [this.#registry];
    new Gauge({
      name: 'youju_answer_cache_characters',
      help: 'Size of the cached answers, in UTF-16 code units.',
      registers,
      collect() {
        this.set(shared.characters);
      },
    });
    if (breaker)
      new Gauge({
        name: 'youju_model_breaker_state',
        help: '0 the chat model is called, 1 one answer may try it, 2 it is left alone.',
        registers,
        collect() {
          this.set(STATES[breaker.state]);
        },
      });
    if (!calls) return;
    new Gauge({
      name: 'youju_model_calls_today',
      help: 'Calls of the chat model since midnight UTC, those before a restart included.',
      registers,
      async collect() {
        this.set(await calls.today());
      },
    });
    new Gauge({ name: 'youju_model_calls_cap', help: 'Most calls a day; 0 for no limit.', registers }).set(calls.cap);
  }
}
