import { z } from 'zod';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import { count, promise } from '../faults/fault-report.ts';
import { SoakedServer } from '../soak/soaked-server.ts';
import type { GrowingIndex } from './growing-index.ts';

const answerSchema = z.object({
  indexGeneration: z.string(),
  citations: z.array(z.object({ documentId: z.string(), paragraphId: z.string(), quote: z.string(), start: z.number(), end: z.number() })),
});
type Answer = z.infer<typeof answerSchema>;

/** Questions that are under way at a time, and answers of the new generation after which it is enough. */
const ASKERS = 4;
const ENOUGH = 100;
/** A document's paragraphs are cut so long to make questions. */
const QUESTION_LENGTH = 40;

/** A compiled server that is asked without a pause about documents that are being changed; every answer is kept until it can be checked. */
export class AskedWhileGrowing {
  readonly #index: GrowingIndex;
  readonly #before: OpenIndex;
  readonly #server: SoakedServer;
  readonly #questions: string[];
  readonly #answers: Answer[] = [];
  #asked = 0;
  #isOver = false;
  readonly #asking: Promise<unknown>;

  private constructor(index: GrowingIndex, before: OpenIndex, server: SoakedServer, questions: string[]) {
    this.#index = index;
    this.#before = before;
    this.#server = server;
    this.#questions = questions;
    this.#asking = Promise.all(Array.from({ length: ASKERS }, () => this.#ask()));
  }

  /** @param changing the documents that will be changed, by their places */
  static async start(index: GrowingIndex, before: OpenIndex, changing: readonly number[]): Promise<AskedWhileGrowing> {
    const server = await SoakedServer.start({ DATA_DIR: index.dataFolder, ...index.environmentOf('server') });
    const documents = [...before.documents.values()];
    const questions = changing.flatMap((place) =>
      (documents[place]?.paragraphs ?? []).map(({ text }) => text.replace(/^（.）/u, '').slice(0, QUESTION_LENGTH)),
    );
    return new AskedWhileGrowing(index, before, server, questions);
  }

  /** Goes on asking until the server answers from a generation, then checks every answer against the one that it names. */
  async untilItAnswersFrom(after: OpenIndex): Promise<string> {
    const { report } = this.#index;
    const { generation } = after.manifest;
    const ofNew = () => this.#answers.filter(({ indexGeneration }) => indexGeneration === generation).length;
    while (ofNew() < ENOUGH && this.#server.isAlive) await new Promise(setImmediate);
    this.#isOver = true;
    await this.#asking;
    const { code } = await this.#server.stop();
    promise(report, code === 0, `the server ends with ${code}`);
    const generations = new Map([this.#before, after].map((index) => [index.manifest.generation, index]));
    for (const answer of this.#answers) this.#check(answer, generations);
    const ofOld = this.#answers.length - ofNew();
    promise(report, ofOld > 0 && ofNew() >= ENOUGH, `${ofOld} answers came before the swap and ${ofNew()} after it`);
    const quotes = this.#answers.reduce((sum, { citations }) => sum + citations.length, 0);
    return `${ofOld} answers before the swap and ${ofNew()} after it, ${quotes} quotes, each in the generation that its answer names`;
  }

  async #ask(): Promise<void> {
    while (!this.#isOver) {
      const question = this.#questions[this.#asked++ % this.#questions.length];
      const asked = await fetch(`${this.#server.url}/api/ask`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ question }),
      }).then(async (response) => ({ status: response.status, body: answerSchema.safeParse(await response.json()) }), String);
      if (typeof asked !== 'string' && asked.status === 200 && asked.body.success) {
        this.#answers.push(asked.body.data);
        count(this.#index.report, 'questions answered');
      } else promise(this.#index.report, false, `a question was lost: ${typeof asked === 'string' ? asked : asked.status}`);
    }
  }

  #check({ indexGeneration, citations }: Answer, generations: ReadonlyMap<string, OpenIndex>): void {
    const index = generations.get(indexGeneration);
    promise(this.#index.report, index !== undefined, `an answer names ${indexGeneration}, which is neither generation`);
    for (const { documentId, paragraphId, quote, start, end } of citations) {
      const text = index?.paragraph(documentId, paragraphId)?.text.slice(start, end);
      promise(this.#index.report, text === quote, `“${quote}” is not what ${indexGeneration} has at ${documentId}#${paragraphId}`);
    }
  }
}
