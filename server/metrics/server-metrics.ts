import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import { type AnswerStage, DROP_REASONS, type DropReason } from '../answering/answer-observer.ts';
import type { AnswerBody } from '../wire.ts';
import { ModelMetrics } from './model-metrics.ts';
import { StageTimes } from './stage-times.ts';

/** From what an extract takes (below 1 ms) to the time limit of a model. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 60];

/**
 * What an operator watches, for Prometheus. Labels come from closed sets alone (patterns of routes, reasons): a client cannot make
 * new series, and no question, address or key is ever in one.
 */
export class ServerMetrics {
  readonly registry = new Registry();
  readonly model: ModelMetrics = new ModelMetrics(this.registry);
  readonly #requests = new Histogram({
    name: 'youju_http_request_duration_seconds',
    help: 'From the first byte of a request to the last of its response.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [this.registry],
  });
  readonly #answers = new Counter({
    name: 'youju_answers_total',
    help: 'Answers that ended, declined ones included. generator is extractive or model.',
    labelNames: ['status', 'reason', 'generator', 'degraded', 'language'],
    registers: [this.registry],
  });
  readonly #stages = new StageTimes();
  readonly #dropped = new Counter({
    name: 'youju_sentences_dropped_total',
    help: 'Sentences of drafts that were not shown: their citation does not hold, or does not bear them out.',
    labelNames: ['reason'],
    registers: [this.registry],
  });
  readonly #refused = new Counter({
    name: 'youju_index_refused_total',
    help: 'Published generations that could not be opened. The old one went on serving.',
    registers: [this.registry],
  });

  /** @param index what is served at the time of asking; `undefined` before there is one */
  constructor(index: () => OpenIndex | undefined) {
    // A series that begins at 0 shows its first count as a rise.
    for (const reason of DROP_REASONS) this.#dropped.inc({ reason }, 0);
    new Gauge({
      name: 'youju_index_published_timestamp_seconds',
      help: 'When the index that is served was built, in Unix time; 0 before there is one.',
      registers: [this.registry],
      collect() {
        this.set(Date.parse(index()?.manifest.createdAt ?? '1970-01-01T00:00:00Z') / 1000);
      },
    });
    new Gauge({
      name: 'youju_index_paragraphs',
      help: 'Paragraphs in the index that is served; the generation is its label.',
      labelNames: ['generation'],
      registers: [this.registry],
      collect() {
        this.reset();
        const manifest = index()?.manifest;
        if (manifest) this.set({ generation: manifest.generation }, manifest.counts.paragraphs);
      },
    });
  }

  /** All samples, in the text format of Prometheus. */
  async exposition(): Promise<string> {
    return `${await this.registry.metrics()}${this.#stages.exposition()}`;
  }

  /** @param route the pattern that matched, e.g. `/api/documents/:documentId` */
  observeRequest(method: string, route: string, status: number, seconds: number): void {
    this.#requests.observe({ method, route, status }, seconds);
  }

  observeStage(stage: AnswerStage, seconds: number): void {
    this.#stages.observe(stage, seconds);
  }

  countDropped(reason: DropReason): void {
    this.#dropped.inc({ reason });
  }

  countRefusedIndex(): void {
    this.#refused.inc();
  }

  countAnswer(body: AnswerBody): void {
    this.#answers.inc({
      status: body.status,
      reason: body.status === 'abstained' ? body.reason : '',
      generator: body.generator === 'extractive' ? 'extractive' : 'model',
      degraded: body.degraded ?? '',
      language: body.language,
    });
  }
}
