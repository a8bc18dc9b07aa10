import { setTimeout as delay } from 'node:timers/promises';
import { REQUESTS } from '../../ingest/embed-chunks.ts';
import { BATCH } from '../../ingest/embedding/connect-endpoint.ts';
import { answerRightly, type EmbeddingsEndpoint } from '../../ingest/testing/scripted-embeddings.ts';
import { count, type FaultReport, promise } from '../faults/fault-report.ts';
import { startProgram } from '../faults/start-program.ts';

type Summary = Record<'documents' | 'unchanged' | 'paragraphs' | 'added' | 'resumed' | 'kept' | 'removed', number>;

const MODEL = 'scripted-embedding';
const SUMMARY =
  /(?<documents>\d+) documents \(\d+ read, (?<unchanged>\d+) unchanged\), (?<paragraphs>\d+) paragraphs; chunks: (?<added>\d+) added \(embedded \d+(?:, and (?<resumed>\d+) in an ingest before)?\), (?<kept>\d+) kept, (?<removed>\d+) removed/u;

/** A folder of documents and the index of it, which the compiled ingest command makes in processes of its own. */
export class GrowingIndex {
  readonly report: FaultReport;
  readonly documents: string;
  readonly dataFolder: string;
  /** Answers that a kill can lose. */
  readonly mostUnderWay = REQUESTS * BATCH;
  readonly #endpoint: EmbeddingsEndpoint | undefined;
  readonly #askedFor: string[] = [];

  /** @param endpoint embeds, and counts for it; without one the embedded default is used */
  constructor(report: FaultReport, documents: string, dataFolder: string, endpoint?: EmbeddingsEndpoint) {
    this.report = report;
    this.documents = documents;
    this.dataFolder = dataFolder;
    this.#endpoint = endpoint;
    this.#answerAll();
  }

  /** Different texts that ingests asked the endpoint for. */
  get embeddedTexts(): number {
    return new Set(this.#askedFor).size;
  }

  get askedTwice(): number {
    return this.#askedFor.length - this.embeddedTexts;
  }

  /** What a program that embeds needs to be told; by the key the endpoint tells an ingest from a server, which embeds questions. */
  environmentOf(key: 'ingest' | 'server'): Record<string, string> {
    return this.#endpoint ? { EMBEDDING_MODEL: MODEL, OPENAI_BASE_URL: this.#endpoint.baseUrl, OPENAI_API_KEY: key } : {};
  }

  /** Runs an ingest to its end, which must be a good one. */
  async ingest(): Promise<{ summary: Summary; seconds: number }> {
    const start = performance.now();
    const { code, stdout, stderr } = await this.#start().ending;
    promise(this.report, code === 0, `an ingest ends with ${code}: ${stderr}`);
    const found = SUMMARY.exec(stdout)?.groups;
    promise(this.report, found !== undefined, `an ingest says ${stdout.slice(-300)}`);
    const numberOf = (name: keyof Summary) => Number(found?.[name] ?? 0);
    count(this.report, 'whole ingests');
    return {
      summary: {
        documents: numberOf('documents'),
        unchanged: numberOf('unchanged'),
        paragraphs: numberOf('paragraphs'),
        added: numberOf('added'),
        resumed: numberOf('resumed'),
        kept: numberOf('kept'),
        removed: numberOf('removed'),
      },
      seconds: Math.round((performance.now() - start) / 100) / 10,
    };
  }

  /** Kills an ingest when the endpoint has been asked for so many more texts. */
  async interrupt(texts: number): Promise<void> {
    const run = this.#start();
    const most = this.#askedFor.length + texts;
    this.#endpoint?.answerWith((asked, response, authorization) => {
      this.#askedFor.push(...asked);
      if (this.#askedFor.length < most) answerRightly(asked, response, authorization);
      else run.child.kill('SIGKILL');
    });
    const { signal } = await run.ending;
    this.#answerAll();
    promise(this.report, signal === 'SIGKILL', 'an ingest was over before it was killed');
    count(this.report, 'killed ingests');
  }

  /** Kills an ingest so many milliseconds after it has read the documents. */
  async killAfter(milliseconds: number): Promise<void> {
    const run = this.#start();
    let hasEnded = false;
    run.ending.finally(() => {
      hasEnded = true;
    });
    while (!run.output().includes('\nread ') && !run.output().startsWith('read ') && !hasEnded) await delay(10);
    await Promise.race([delay(milliseconds), run.ending]);
    run.child.kill('SIGKILL');
    await run.ending;
    count(this.report, 'killed ingests');
  }

  #answerAll(): void {
    this.#endpoint?.answerWith((asked, response, authorization) => {
      if (authorization.endsWith('ingest')) this.#askedFor.push(...asked);
      answerRightly(asked, response, authorization);
    });
  }

  #start() {
    return startProgram('ingest/ingest-command.js', [this.documents, '--data-dir', this.dataFolder], this.environmentOf('ingest'));
  }
}
