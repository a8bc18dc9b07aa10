import { type AnalysisOptions, analyseText } from './analyse-text.ts';
import type { RenderedDocument } from './analysis/cut-batches.ts';
import { ChunkVectors } from './embed-chunks.ts';
import type { EmbeddingModel } from './embedding/embedding-model.ts';
import { systemCodeOf } from './index/data-folder.ts';
import type { GenerationStore, GenerationWriter } from './index/generation-store.ts';
import { isPublished } from './index/publish-generation.ts';
import { packQuestionTables } from './index/tables/question-tables.ts';
import { type ReadingOptions, type Refusal, readCollection } from './read-collection.ts';
import { type Chunk, chunkParagraphs } from './structure/chunk-paragraphs.ts';
import { YoujuError } from './youju-error.ts';

export type IngestProgress =
  | { stage: 'open'; done: number; total: number }
  | { stage: 'read'; documents: number; paragraphs: number; chunks: number }
  | { stage: 'embed'; done: number; total: number };

/**
 * What an ingest did, counted in chunks: `added` are new, of which `resumed` had been embedded by an ingest that was interrupted; `kept`
 * reused their embedding, `removed` are gone. Of the documents, `unchanged` were not read anew.
 */
export type IngestSummary = {
  generation: string;
  published: boolean;
  documents: number;
  unchanged: number;
  paragraphs: number;
  added: number;
  resumed: number;
  kept: number;
  removed: number;
  /** Files that did not go in, and why. */
  refused: Refusal[];
  /** What an operator should look at in files that did. */
  warnings: string[];
};

export type IngestOptions = AnalysisOptions &
  Omit<ReadingOptions, 'onRead'> & {
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
    const onRead = (done: number, total: number) => options.onProgress?.({ stage: 'open', done, total });
    const { rendered, readings, unchanged, refused, warnings } = await readCollection({ ...options, onRead }, previous).catch(unreadable);
    const documents = rendered.map(({ document }) => document);
    const chunks = documents.flatMap(chunkParagraphs);
    const paragraphs = documents.reduce((sum, document) => sum + document.paragraphs.length, 0);
    options.onProgress?.({ stage: 'read', documents: documents.length, paragraphs, chunks: chunks.length });

    const { added, resumed, ...lexical } = await indexChunks(options, rendered, chunks, writer);
    const { lexicalIndex } = lexical;
    const embeddingModel = options.embeddingModel.name;
    const parts = { documents, chunks, readings, ...packQuestionTables(lexical), lexicalIndex, embeddingModel };
    const isUnchanged = previous !== undefined && isPublished(previous.manifest, parts);
    const generation = isUnchanged ? previous.manifest.generation : await writer.publish(parts);

    const hashes = new Set(chunks.map(({ hash }) => hash));
    const removed = previous?.hashes.filter((hash) => !hashes.has(hash)).length ?? 0;
    const counts = { documents: documents.length, unchanged, paragraphs, added, resumed, kept: chunks.length - added, removed };
    return { generation, published: !isUnchanged, ...counts, refused, warnings };
  });
}

/** The lexical index and the vectors, made in one pass over the chunks. */
async function indexChunks(
  options: IngestOptions,
  rendered: readonly RenderedDocument[],
  chunks: readonly Chunk[],
  writer: GenerationWriter,
) {
  const { embeddingModel, onProgress } = options;
  const onEmbedded = (done: number, total: number) => onProgress?.({ stage: 'embed', done, total });
  const vectors = await ChunkVectors.plan({ embeddingModel, writer, onEmbedded }, chunks, textReader(rendered));
  try {
    const isEmbedded = (chunk: number) => vectors.isEmbeddedHere(chunk);
    const lexical = await analyseText(options, rendered, chunks, isEmbedded, (batch, made) => vectors.add(batch, made)).catch(unreadable);
    return { ...lexical, added: vectors.added, resumed: vectors.resumed };
  } finally {
    await vectors.close();
  }
}

/** A file that the system does not give, e.g. for want of permission: the operator's to mend. */
function unreadable(error: unknown): never {
  if (!(error instanceof Error) || systemCodeOf(error) === undefined) throw error;
  throw new YoujuError('bad-document', `${error.message}: make the documents and the term base readable, then try again`, { cause: error });
}

/** Tells what is embedded of a chunk: its words under their headings. */
function textReader(rendered: readonly RenderedDocument[]): (chunk: Chunk) => string {
  const paragraphs = new Map(
    rendered.flatMap(({ document: { documentId, paragraphs } }) =>
      paragraphs.map(({ paragraphId, text }) => [`${documentId}#${paragraphId}`, text]),
    ),
  );
  return ({ documentId, paragraphId, context, start, end }) =>
    `${context}\n${(paragraphs.get(`${documentId}#${paragraphId}`) ?? '').slice(start, end)}`;
}
