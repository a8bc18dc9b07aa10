import type { Paragraph, Span } from '../structure/document.ts';
import { HomophoneCorrector } from '../text/chinese/correct-homophones.ts';
import { ConceptFinder } from '../text/concept-names.ts';
import { SpellingCorrector } from '../text/correct-spelling.ts';
import { parseStemTerm } from '../text/expand-meanings.ts';
import { NameMatcher, type NameSounds } from '../text/name-sounds.ts';
import type { AlphabeticLanguage } from '../text/stem-words.ts';
import { YoujuError } from '../youju-error.ts';
import {
  FILES,
  generationFolder,
  type Manifest,
  readCurrent,
  readFrom,
  type VerifiedFiles,
  verifyFiles,
  verifyManifest,
  verifyVectors,
} from './generation-files.ts';
import { LexicalIndex } from './lexical-index.ts';
import { ChunkTable, type SentenceTable } from './tables/chunk-table.ts';
import { DocumentTable } from './tables/document-table.ts';
import { GlossBridgeTable } from './tables/gloss-bridge-table.ts';
import { NameSoundTable } from './tables/name-sound-table.ts';
import { WordSet } from './tables/word-set.ts';
import { VectorIndex, type VectorSearch } from './vector-index.ts';

/** One generation, loaded: everything that answering needs. Immutable; a new generation is a new object. */
export class OpenIndex<Vectors extends VectorSearch = VectorSearch> {
  readonly manifest: Manifest;
  readonly documents: DocumentTable;
  readonly chunks: ChunkTable;
  readonly sentences: SentenceTable;
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
  readonly bridges: GlossBridgeTable;

  constructor(
    parts: Pick<OpenIndex<Vectors>, 'manifest' | 'documents' | 'chunks' | 'lexicalIndex' | 'vectorIndex' | 'conceptFinder' | 'bridges'> & {
      englishStems: WordSet;
      nameSounds: NameSounds;
    },
  ) {
    this.manifest = parts.manifest;
    this.documents = parts.documents;
    this.chunks = parts.chunks;
    this.sentences = parts.chunks.sentences;
    this.lexicalIndex = parts.lexicalIndex;
    this.chunkIndex = parts.lexicalIndex.chunks;
    this.sentenceIndex = parts.lexicalIndex.sentences;
    this.vectorIndex = parts.vectorIndex;
    this.conceptFinder = parts.conceptFinder;
    this.bridges = parts.bridges;
    this.spelling = new SpellingCorrector(stemsOf(this.chunkIndex), parts.englishStems);
    this.names = new NameMatcher(parts.nameSounds, this.chunkIndex.terms('sound'));
    this.homophones = new HomophoneCorrector(parts.nameSounds, chineseWords(this.chunkIndex));
  }

  /** The chunks of a document, by their numbers: from `start` up to `end`, not included. */
  chunksOf(documentId: string): Span {
    const row = this.documents.rowOf(documentId);
    return row === undefined ? { start: 0, end: 0 } : this.chunks.ofDocument(row);
  }

  /** The first chunk of the paragraph that a chunk belongs to: the chunks of a paragraph follow one another. */
  firstChunkOf(chunk: number): number {
    return this.chunks.firstOfParagraph(chunk);
  }

  paragraph(documentId: string, paragraphId: string): Paragraph | undefined {
    return this.documents.paragraph(documentId, paragraphId);
  }
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

/**
 * Opens one generation after checking all its hashes.
 * @throws YoujuError `index-corrupt`
 */
export async function openGeneration(folder: string): Promise<OpenIndex<VectorIndex>> {
  const read = readFrom(folder);
  const manifest = await verifyManifest(folder, read);
  if (!(FILES.vectors in manifest.files)) throw new YoujuError('index-corrupt', `${folder} has no vectors: run \`npm run ingest\``);
  // First, because hnswlib reads them in a thread of its own and takes longest.
  const vectors = await verifyVectors(folder, manifest);
  const [files, vectorIndex] = await Promise.all([
    verifyFiles(folder, manifest, read),
    VectorIndex.read(vectors, manifest.embedding.dimension, manifest.counts.chunks),
  ]);
  return loadGeneration(folder, manifest, files, () => vectorIndex);
}

/**
 * Loads what was verified.
 * @param place where the generation is kept, for messages
 * @throws YoujuError `index-corrupt`
 */
export function loadGeneration<Vectors extends VectorSearch>(
  place: string,
  manifest: Manifest,
  files: VerifiedFiles,
  openVectors: (chunks: ChunkTable) => Vectors,
): OpenIndex<Vectors> {
  try {
    return load(manifest, files, openVectors);
  } catch (cause) {
    // The hashes hold, so the files are as they were written: by a faulty build.
    if (cause instanceof YoujuError) throw cause;
    throw new YoujuError('index-corrupt', `${place} cannot be loaded: run \`npm run ingest\``, { cause });
  }
}

function load<Vectors extends VectorSearch>(
  manifest: Manifest,
  files: VerifiedFiles,
  openVectors: (chunks: ChunkTable) => Vectors,
): OpenIndex<Vectors> {
  const documents = new DocumentTable(files.documents);
  const chunks = new ChunkTable(files.chunks, (row) => documents.idOf(row));
  return new OpenIndex({
    manifest,
    documents,
    chunks,
    conceptFinder: new ConceptFinder(files.concepts),
    bridges: new GlossBridgeTable(files.bridges),
    englishStems: new WordSet(files.englishStems),
    nameSounds: new NameSoundTable(files.nameSounds),
    lexicalIndex: LexicalIndex.fromBuffer(files.lexical),
    vectorIndex: openVectors(chunks),
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
