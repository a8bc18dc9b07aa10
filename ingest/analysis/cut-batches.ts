import { type Chunk, sentencesOf } from '../structure/chunk-paragraphs.ts';
import type { Paragraph, SourceDocument } from '../structure/document.ts';
import { type Rendering, renderedSentences } from '../structure/read-renderings.ts';
import { YoujuError } from '../youju-error.ts';
import type { ChunkText } from './analyse-chunks.ts';

/** A document with what it says in other words. */
export type RenderedDocument = { document: SourceDocument; renderings: readonly Rendering[] };

/** A run of chunks, the first by its number, and their texts. */
export type ChunkBatch = { first: number; texts: ChunkText[] };

/** So many chunks are analysed at a time: enough that handing them over costs little, few enough that several lie in memory. */
export const BATCH_CHUNKS = 512;

/** Cuts the text of chunks out of their documents, batch by batch as it is asked for: all at once would double what an ingest holds. */
export function* cutBatches(
  documents: readonly RenderedDocument[],
  chunks: readonly Chunk[],
  isEmbedded: (chunk: number) => boolean,
): Generator<ChunkBatch> {
  const places = new Map(documents.map((rendered) => [rendered.document.documentId, rendered]));
  for (let first = 0; first < chunks.length; first += BATCH_CHUNKS) {
    const cutter = new ChunkCutter(places);
    yield { first, texts: chunks.slice(first, first + BATCH_CHUNKS).map((chunk, at) => cutter.cut(chunk, isEmbedded(first + at))) };
  }
}

class ChunkCutter {
  readonly #documents: ReadonlyMap<string, RenderedDocument>;
  #rendered: RenderedDocument | undefined;
  #paragraphs: ReadonlyMap<string, Paragraph> = new Map();

  constructor(documents: ReadonlyMap<string, RenderedDocument>) {
    this.#documents = documents;
  }

  cut({ documentId, paragraphId, context, sentences }: Chunk, isEmbedded: boolean): ChunkText {
    this.#goTo(documentId);
    const paragraph = this.#paragraphs.get(paragraphId);
    if (!this.#rendered || !paragraph)
      throw new YoujuError('bad-document', `“${documentId}” has no paragraph “${paragraphId}”: run \`npm run ingest\` again`);
    const { document, renderings } = this.#rendered;
    return {
      language: document.language,
      context,
      sentences: sentences.map(({ start, end }) => paragraph.text.slice(start, end)),
      renderings: renderings.flatMap(({ language, paragraphs }) => {
        const words = paragraphs.get(paragraphId);
        if (words === undefined) return [];
        const all = sentencesOf(paragraph);
        const inPlaceOf = (chosen: typeof sentences) => renderedSentences(words, all, chosen);
        return [{ language, whole: inPlaceOf(sentences), sentences: sentences.map((sentence) => inPlaceOf([sentence])) }];
      }),
      keywords: renderings.flatMap(({ language, keywords }) => (keywords.get(paragraphId) ?? []).map((keyword) => ({ language, keyword }))),
      isEmbedded,
    };
  }

  /** The chunks of a document follow one another. */
  #goTo(documentId: string): void {
    if (this.#rendered?.document.documentId === documentId) return;
    this.#rendered = this.#documents.get(documentId);
    this.#paragraphs = new Map(this.#rendered?.document.paragraphs.map((paragraph) => [paragraph.paragraphId, paragraph]));
  }
}
