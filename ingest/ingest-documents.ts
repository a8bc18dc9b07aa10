import { analyseText } from './analyse-text.ts';
import type { EmbeddingModel } from './embedding/embedding-model.ts';
import { systemCodeOf } from './index/data-folder.ts';
import type { GenerationStore, GenerationWriter } from './index/generation-store.ts';
import { isPublished } from './index/publish-generation.ts';
import { packQuestionTables } from './index/tables/question-tables.ts';
import { type Refusal, readCollection } from './read-collection.ts';
import type { ReadingLimits } from './reading/source-reader.ts';
import { type Chunk, chunkParagraphs } from './structure/chunk-paragraphs.ts';
import type { SourceDocument, Span } from './structure/document.ts';
import { YoujuError } from './youju-error.ts';

export type IngestProgress =
  | { stage: 'open'; done: number; total: number }
  | { stage: 'read'; documents: number; paragraphs: number; chunks: number }
  | { stage: 'embed'; done: number; total: number };

/** What an ingest did, counted in chunks: `added` were embedded, `kept` reused their embedding, `removed` are gone. */
export type IngestSummary = {
  generation: string;
  published: boolean;
  documents: number;
  paragraphs: number;
  added: number;
  kept: number;
  removed: number;
  /** Files that did not go in, and why. */
  refused: Refusal[];
  /** What an operator should look at in files that did. */
  warnings: string[];
};

export type IngestOptions = {
  paths: string[];
  /** Whether a file that cannot be read is left out and told in the summary; else nothing is published. */
  leavesOutRefused?: boolean;
  readingLimits?: ReadingLimits;
  termFolder: string;
  store: GenerationStore;
  embeddingModel: EmbeddingModel;
  onProgress?: (progress: IngestProgress) => void;
};

/**
 * documents → paragraphs → chunks → embeddings → index, published as one generation. The documents named are the whole
 * collection: those of an earlier ingest that are not named again are removed. The old index serves until the new one is
 * complete; if nothing changed, nothing is published.
 * @throws YoujuError with the code of whatever refused: document, metadata, term base, embedding, lock
 */
export function ingestDocuments(options: IngestOptions): Promise<IngestSummary> {
  return options.store.ingesting(async (writer) => {
    const { previous } = writer;
    const { rendered, refused, warnings } = await readCollection(options).catch(unreadable);
    const documents = rendered.map(({ document }) => document);
    const chunks = documents.flatMap(chunkParagraphs);
    const paragraphs = documents.reduce((sum, document) => sum + document.paragraphs.length, 0);
    options.onProgress?.({ stage: 'read', documents: documents.length, paragraphs, chunks: chunks.length });

    const added = await embedChangedChunks(options, documents, chunks, writer);
    const lexical = await analyseText(options.termFolder, rendered, chunks).catch(unreadable);
    const { lexicalIndex } = lexical;
    const parts = { documents, chunks, ...packQuestionTables(lexical), lexicalIndex, embeddingModel: options.embeddingModel.name };

    const unchanged = previous !== undefined && isPublished(previous.manifest, parts);
    const generation = unchanged ? previous.manifest.generation : await writer.publish(parts);
    const hashes = new Set(chunks.map(({ hash }) => hash));
    const removed = previous?.hashes.filter((hash) => !hashes.has(hash)).length ?? 0;
    const counts = { documents: documents.length, paragraphs, added, kept: chunks.length - added, removed };
    return { generation, published: !unchanged, ...counts, refused, warnings };
  });
}

/** A file that the system does not give, e.g. for want of permission: the operator's to mend. */
function unreadable(error: unknown): never {
  if (!(error instanceof Error) || systemCodeOf(error) === undefined) throw error;
  throw new YoujuError('bad-document', `${error.message}: make the documents and the term base readable, then try again`, { cause: error });
}

/** Only chunks whose hash the store has no vector for (under the same model) are embedded. @returns how many */
async function embedChangedChunks(
  { embeddingModel, onProgress }: IngestOptions,
  documents: SourceDocument[],
  chunks: Chunk[],
  writer: GenerationWriter,
): Promise<number> {
  const published = writer.previous?.manifest.embedding;
  if (published?.model === embeddingModel.name) embeddingModel.expectDimension(published.dimension);
  const wanted = await writer.withoutVector(
    embeddingModel.name,
    chunks.map(({ hash }) => hash),
  );
  const texts = textReader(documents);
  const changed = [...new Map(chunks.filter(({ hash }) => wanted.has(hash)).map((chunk) => [chunk.hash, chunk])).values()];
  const inputs = changed.map((chunk) => `${chunk.context}\n${texts(chunk, chunk)}`);
  const embedded = await embeddingModel.embedTexts(inputs, (done) => onProgress?.({ stage: 'embed', done, total: inputs.length }));
  await writer.addVectors(embeddingModel.name, new Map(changed.map(({ hash }, index) => [hash, embedded[index] ?? []])));
  return changed.length;
}

/** Cuts a span out of the paragraph that a chunk belongs to. */
function textReader(documents: SourceDocument[]): (chunk: Chunk, span: Span) => string {
  const paragraphs = new Map(
    documents.flatMap((document) => document.paragraphs.map(({ paragraphId, text }) => [`${document.documentId}#${paragraphId}`, text])),
  );
  return (chunk, { start, end }) => (paragraphs.get(`${chunk.documentId}#${chunk.paragraphId}`) ?? '').slice(start, end);
}
