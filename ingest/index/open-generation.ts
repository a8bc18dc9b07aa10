import path from 'node:path';
import type { Chunk } from '../structure/chunk-paragraphs.ts';
import type { Paragraph, SourceDocument, Span } from '../structure/document.ts';
import { HomophoneCorrector } from '../text/chinese/correct-homophones.ts';
import { ConceptFinder, type ConceptNameTables } from '../text/concept-names.ts';
import { SpellingCorrector } from '../text/correct-spelling.ts';
import { type GlossBridges, parseStemTerm } from '../text/expand-meanings.ts';
import { NameMatcher, type NameSounds } from '../text/name-sounds.ts';
import type { AlphabeticLanguage } from '../text/stem-words.ts';
import { YoujuError } from '../youju-error.ts';
import { FILES, generationFolder, type Manifest, readCurrent, type VerifiedGeneration, verifyFolder } from './generation-files.ts';
import { LexicalIndex } from './lexical-index.ts';
import { VectorIndex, type VectorSearch } from './vector-index.ts';

/** A sentence as a unit of the sentence index: which chunk holds it, and its span in the paragraph's text. */
export type IndexedSentence = Span & { chunk: number };

/** One generation, loaded: everything that answering needs. Immutable; a new generation is a new object. */
export class OpenIndex<Vectors extends VectorSearch = VectorSearch> {
  readonly manifest: Manifest;
  readonly documents: ReadonlyMap<string, SourceDocument>;
  readonly chunks: readonly Chunk[];
  readonly sentences: readonly IndexedSentence[];
  readonly lexicalIndex: LexicalIndex;
  /** What the lexical index knows of the terms of chunks, and of sentences. */
  readonly chunkIndex: LexicalIndex['chunks'];
  readonly sentenceIndex: LexicalIndex['sentences'];
  readonly vectorIndex: Vectors;
  readonly conceptFinder: ConceptFinder;
  readonly spelling: SpellingCorrector;
  readonly names: NameMatcher;
  readonly homophones: HomophoneCorrector;
  /** Everyday words that reach the documents through a shared English gloss, with the gloss terms. */
  readonly bridges: ReadonlyMap<string, [term: string, weight: number][]>;
  readonly #paragraphs: ReadonlyMap<string, Paragraph>;
  readonly #chunksOfDocuments: ReadonlyMap<string, Span>;

  constructor(
    parts: Pick<OpenIndex<Vectors>, 'manifest' | 'chunks' | 'lexicalIndex' | 'vectorIndex'> & {
      documents: SourceDocument[];
      concepts: ConceptNameTables;
      bridges: GlossBridges;
      englishStems: string[];
      nameSounds: NameSounds;
    },
  ) {
    this.manifest = parts.manifest;
    this.documents = new Map(parts.documents.map((document) => [document.documentId, document]));
    this.chunks = parts.chunks;
    this.sentences = indexedSentences(parts.chunks);
    this.lexicalIndex = parts.lexicalIndex;
    this.chunkIndex = parts.lexicalIndex.chunks;
    this.sentenceIndex = parts.lexicalIndex.sentences;
    this.vectorIndex = parts.vectorIndex;
    this.conceptFinder = new ConceptFinder(parts.concepts);
    this.bridges = new Map(parts.bridges);
    this.spelling = new SpellingCorrector(stemsOf(this.chunkIndex), new Set(parts.englishStems));
    const syllables = new Map(parts.nameSounds.syllables);
    this.names = new NameMatcher(syllables, parts.nameSounds.nameCharacters, this.chunkIndex.terms('sound'));
    this.homophones = new HomophoneCorrector(syllables, chineseWords(this.chunkIndex));
    this.#paragraphs = new Map(
      parts.documents.flatMap(({ documentId, paragraphs }) =>
        paragraphs.map((paragraph) => [`${documentId}#${paragraph.paragraphId}`, paragraph]),
      ),
    );
    this.#chunksOfDocuments = chunksByDocument(parts.chunks);
  }

  /** The chunks of a document, by their numbers: from `start` up to `end`, not included. */
  chunksOf(documentId: string): Span {
    return this.#chunksOfDocuments.get(documentId) ?? { start: 0, end: 0 };
  }

  /** The first chunk of the paragraph that a chunk belongs to: the chunks of a paragraph follow one another. */
  firstChunkOf(chunk: number): number {
    const own = this.chunks[chunk];
    let first = chunk;
    for (let before = this.chunks[first - 1]; before && isOfSameParagraph(before, own); before = this.chunks[first - 1]) first--;
    return first;
  }

  paragraph(documentId: string, paragraphId: string): Paragraph | undefined {
    return this.#paragraphs.get(`${documentId}#${paragraphId}`);
  }
}

const isOfSameParagraph = (one: Chunk, other: Chunk | undefined) =>
  one.paragraphId === other?.paragraphId && one.documentId === other.documentId;

/** The chunks of a document follow one another. */
function chunksByDocument(chunks: readonly Chunk[]): Map<string, Span> {
  const spans = new Map<string, Span>();
  for (const [chunk, { documentId }] of chunks.entries())
    spans.set(documentId, { start: spans.get(documentId)?.start ?? chunk, end: chunk + 1 });
  return spans;
}

/** Chinese words of the documents, two characters or more. */
function* chineseWords(index: LexicalIndex['chunks']): Generator<string> {
  for (const term of index.terms('word')) if (/^\p{Script=Han}{2,}$/u.test(term)) yield term;
}

/** The single stems of the meaning view, with their language. */
function* stemsOf(index: LexicalIndex['chunks']): Generator<readonly [AlphabeticLanguage, string]> {
  for (const term of index.terms('meaning')) {
    const parsed = parseStemTerm(term);
    if (parsed && !parsed[1].includes(' ')) yield parsed;
  }
}

/** Sentences in the order in which the sentence index numbers them. */
export const indexedSentences = (chunks: readonly Chunk[]): IndexedSentence[] =>
  chunks.flatMap(({ sentences }, chunk) => sentences.map((sentence) => ({ ...sentence, chunk })));

/**
 * Opens one generation after checking all its hashes.
 * @throws YoujuError `index-corrupt`
 */
export async function openGeneration(folder: string): Promise<OpenIndex<VectorIndex>> {
  const verified = await verifyFolder(folder);
  return loadGeneration(folder, verified, ({ embedding, counts, files }) => {
    if (!(FILES.vectors in files)) throw new YoujuError('index-corrupt', `${folder} has no vectors: run \`npm run ingest\``);
    return VectorIndex.read(path.join(folder, FILES.vectors), embedding.dimension, counts.chunks);
  });
}

/**
 * Loads what was verified.
 * @param place where the generation is kept, for messages
 * @throws YoujuError `index-corrupt`
 */
export function loadGeneration<Vectors extends VectorSearch>(
  place: string,
  verified: VerifiedGeneration,
  openVectors: (manifest: Manifest, chunks: readonly Chunk[]) => Vectors,
): OpenIndex<Vectors> {
  try {
    return load(verified, openVectors);
  } catch (cause) {
    // The hashes hold, so the files are as they were written: by a faulty build, or they went away since.
    if (cause instanceof YoujuError) throw cause;
    throw new YoujuError('index-corrupt', `${place} cannot be loaded: run \`npm run ingest\``, { cause });
  }
}

function load<Vectors extends VectorSearch>(
  { manifest, contents }: VerifiedGeneration,
  openVectors: (manifest: Manifest, chunks: readonly Chunk[]) => Vectors,
): OpenIndex<Vectors> {
  const documents: SourceDocument[] = JSON.parse(contents.documents.toString('utf8'));
  const chunks: Chunk[] = JSON.parse(contents.chunks.toString('utf8'));
  const concepts: ConceptNameTables = JSON.parse(contents.concepts.toString('utf8'));
  const englishStems: string[] = JSON.parse(contents.englishStems.toString('utf8'));
  const nameSounds: NameSounds = JSON.parse(contents.nameSounds.toString('utf8'));
  const bridges: GlossBridges = JSON.parse(contents.bridges.toString('utf8'));
  return new OpenIndex({
    manifest,
    documents,
    chunks,
    concepts,
    bridges,
    englishStems,
    nameSounds,
    lexicalIndex: LexicalIndex.fromBuffer(contents.lexical),
    vectorIndex: openVectors(manifest, chunks),
  });
}

/**
 * Opens a generation of a data folder by its name.
 * @throws YoujuError `index-corrupt`, also when the folder holds another generation than its name says
 */
export async function openNamedGeneration(dataFolder: string, name: string): Promise<OpenIndex<VectorIndex>> {
  const folder = generationFolder(dataFolder, name);
  const index = await openGeneration(folder);
  if (index.manifest.generation === name) return index;
  throw new YoujuError('index-corrupt', `${folder} holds generation ${index.manifest.generation}: run \`npm run ingest\``);
}

/**
 * Opens the published generation of a data folder.
 * @throws YoujuError `index-missing` where nothing was published yet, `index-corrupt`, `bad-data-folder`
 */
export async function openCurrentIndex(dataFolder: string): Promise<OpenIndex<VectorIndex>> {
  const name = await readCurrent(dataFolder);
  if (name === undefined) throw new YoujuError('index-missing', `no index in ${dataFolder}: run \`npm run ingest\``);
  return openNamedGeneration(dataFolder, name);
}
