import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { packageRoot } from '../package-root.ts';
import { YoujuError } from '../youju-error.ts';
import { type AnalysedBatch, type AnalysisDictionary, ChunkAnalyst, type ChunkText } from './analyse-chunks.ts';

/** The main thread adds vectors in the time in which one or two others analyse: more would wait for it. */
const MOST_THREADS = 3;
/** Starting a thread, and loading jieba, takes half a second each: below so many chunks neither is worth it. */
const MUCH = 2048;
export const isMuch = (chunks: number): boolean => chunks >= MUCH;

/** How many threads analyse so many chunks; none where the main thread does it as fast. */
export const threadsFor = (chunks: number): number =>
  isMuch(chunks) ? Math.min(MOST_THREADS, Math.max(0, availableParallelism() - 1)) : 0;

/** The compiled one, from tests too: Node runs no TypeScript. */
const PROGRAM = path.join(packageRoot, 'dist', 'ingest', 'analysis', 'analysis-thread.js');

/** Analyses batches of chunks in other threads, or without any in this one; which, makes no difference to what comes out. */
export class AnalysisThreads {
  readonly #threads: AnalysisThread[];
  readonly #analyst: ChunkAnalyst | undefined;

  constructor(count: number, dictionary: AnalysisDictionary, program = PROGRAM) {
    this.#threads = Array.from({ length: count }, () => new AnalysisThread(new Worker(program, { workerData: dictionary })));
    this.#analyst = count === 0 ? new ChunkAnalyst(dictionary) : undefined;
  }

  /** So many batches keep all threads at work: one each, and one that waits. */
  get mostAtOnce(): number {
    return this.#threads.length === 0 ? 1 : 2 * this.#threads.length;
  }

  /** @throws YoujuError `analysis-failed` when a thread ends */
  async analyse(chunks: ChunkText[]): Promise<AnalysedBatch> {
    if (this.#analyst) return this.#analyst.analyse(chunks);
    const [first, ...others] = this.#threads;
    const idlest = others.reduce((best, other) => (best && other.waiting >= best.waiting ? best : other), first);
    if (!idlest) throw new Error('there is no thread');
    return idlest.analyse(chunks);
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }
}

/** One thread, which answers in the order in which it is asked. */
class AnalysisThread {
  readonly #worker: Worker;
  readonly #asked: { resolve: (analysed: AnalysedBatch) => void; reject: (error: unknown) => void }[] = [];
  #failure: YoujuError | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker
      .on('message', (analysed: AnalysedBatch) => this.#asked.shift()?.resolve(analysed))
      .on('error', (cause) => this.#fail(String(cause), cause))
      .on('exit', (code) => this.#fail(`it ended with code ${code}`));
  }

  /** Batches that were handed to it and are not done. */
  get waiting(): number {
    return this.#asked.length;
  }

  analyse(chunks: ChunkText[]): Promise<AnalysedBatch> {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#asked.push({ resolve, reject });
      this.#worker.postMessage(chunks);
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(reason: string, cause?: unknown): void {
    const next = 'free some memory or give --threads 0, then run `npm run ingest` again; the index that is published stays';
    this.#failure ??= new YoujuError('analysis-failed', `a thread that analyses text has failed (${reason}): ${next}`, { cause });
    for (const { reject } of this.#asked.splice(0)) reject(this.#failure);
  }
}

/** What is handed over instead of copied. */
export function buffersOf({ terms, vectors }: AnalysedBatch): ArrayBuffer[] {
  const views = Object.values(terms.views).flatMap(({ sentences, chunks }) => [
    sentences.postings,
    sentences.ends,
    chunks.postings,
    chunks.ends,
  ]);
  return [terms.sentenceCounts, vectors, ...views].flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []));
}
