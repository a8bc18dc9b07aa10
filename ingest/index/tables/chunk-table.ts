import type { Chunk } from '../../structure/chunk-paragraphs.ts';
import type { SourceDocument, Span } from '../../structure/document.ts';
import { GrowingIntegers } from '../lexical/postings/growing-integers.ts';
import { packFile, unpackFile } from '../packed-file.ts';
import { InternedStrings, StringNumbers } from './interned-strings.ts';

/** A chunk as answering needs it. */
export type IndexedChunk = Omit<Chunk, 'hash' | 'context'>;

/** A sentence as a unit of the sentence index: which chunk holds it, and its span in the paragraph's text. */
export type IndexedSentence = Span & { chunk: number };

const HASH_BYTES = 32;

/** Chunks as columns of numbers; those of a document, and those of a paragraph, follow one another. */
export function packChunks(documents: readonly Pick<SourceDocument, 'documentId'>[], chunks: readonly Chunk[]): Buffer {
  const strings = new StringNumbers();
  const rows = new Map(documents.map(({ documentId }, row) => [documentId, row]));
  const sentences = { starts: new GrowingIntegers(), ends: new GrowingIntegers() };
  const firstSentences = new Uint32Array(chunks.length + 1);
  for (const [chunk, { sentences: spans }] of chunks.entries()) {
    for (const { start, end } of spans) {
      sentences.starts.push(start);
      sentences.ends.push(end);
    }
    firstSentences[chunk + 1] = sentences.ends.length;
  }
  const column = (read: (chunk: Chunk) => number) => Uint32Array.from(chunks, read);
  const columns = {
    documents: column(({ documentId }) => rows.get(documentId) ?? 0),
    paragraphs: column(({ paragraphId }) => strings.of(paragraphId)),
    contexts: column(({ context }) => strings.of(context)),
    starts: column(({ start }) => start),
    ends: column(({ end }) => end),
  };
  return packFile({
    ...columns,
    ...strings.pack('strings'),
    hashes: new Uint8Array(Buffer.concat(chunks.map(({ hash }) => Buffer.from(hash, 'hex')))),
    firstSentences,
    sentenceStarts: sentences.starts.values().slice(),
    sentenceEnds: sentences.ends.values().slice(),
  });
}

/** The chunks of an index, by number. They lie packed as in the file; one is made when it is asked for. */
export class ChunkTable {
  readonly length: number;
  readonly sentences: SentenceTable;
  readonly #idOf: (document: number) => string;
  readonly #strings: InternedStrings;
  readonly #documents: Uint32Array;
  readonly #paragraphs: Uint32Array;
  readonly #contexts: Uint32Array;
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;
  readonly #hashes: Buffer;

  /**
   * @param file what `packChunks` gave; its hash was checked
   * @param idOf the id of the nth document
   */
  constructor(file: Buffer, idOf: (document: number) => string) {
    const unpacked = unpackFile(file);
    this.#idOf = idOf;
    this.#strings = new InternedStrings('strings', unpacked);
    this.#documents = unpacked.integers('documents');
    this.#paragraphs = unpacked.integers('paragraphs');
    this.#contexts = unpacked.integers('contexts');
    this.#starts = unpacked.integers('starts');
    this.#ends = unpacked.integers('ends');
    const { buffer, byteOffset, byteLength } = unpacked.bytes('hashes');
    this.#hashes = Buffer.from(buffer, byteOffset, byteLength);
    this.length = this.#documents.length;
    this.sentences = new SentenceTable(
      unpacked.integers('firstSentences'),
      unpacked.integers('sentenceStarts'),
      unpacked.integers('sentenceEnds'),
    );
  }

  /** A chunk by its number; `undefined` where there is none. */
  at(chunk: number): IndexedChunk | undefined {
    const [start, end] = [this.#starts[chunk], this.#ends[chunk]];
    if (start === undefined || end === undefined) return undefined;
    return {
      documentId: this.documentIdOf(chunk),
      paragraphId: this.paragraphIdOf(chunk),
      start,
      end,
      sentences: this.sentences.spansOf(chunk),
    };
  }

  documentIdOf(chunk: number): string {
    return this.#idOf(this.#documents[chunk] ?? 0);
  }

  paragraphIdOf(chunk: number): string {
    return this.#strings.at(this.#paragraphs[chunk] ?? 0);
  }

  /** The hashes of all chunks as they lie in the file, 32 bytes each. */
  get hashBytes(): Buffer {
    return this.#hashes;
  }

  /** The hash of each chunk: sha256 of text and context, hex. */
  *hashes(): Generator<string> {
    for (let chunk = 0; chunk < this.length; chunk++) yield this.#hashOf(chunk);
  }

  /** The first chunk of the paragraph that a chunk belongs to. */
  firstOfParagraph(chunk: number): number {
    let first = chunk;
    while (first > 0 && this.#isOfSameParagraph(first - 1, chunk)) first--;
    return first;
  }

  /** The chunks of the nth document, by their numbers: from `start` up to `end`, not included. */
  ofDocument(document: number): Span {
    return { start: lowerBound(this.#documents, document), end: lowerBound(this.#documents, document + 1) };
  }

  /** Whole chunks, as they were packed. */
  *[Symbol.iterator](): Generator<Chunk> {
    for (let chunk = 0; chunk < this.length; chunk++) {
      const indexed = this.at(chunk);
      if (indexed) yield { ...indexed, context: this.#strings.at(this.#contexts[chunk] ?? 0), hash: this.#hashOf(chunk) };
    }
  }

  #hashOf(chunk: number): string {
    return this.#hashes.toString('hex', chunk * HASH_BYTES, (chunk + 1) * HASH_BYTES);
  }

  #isOfSameParagraph(one: number, other: number): boolean {
    return this.#paragraphs[one] === this.#paragraphs[other] && this.#documents[one] === this.#documents[other];
  }
}

/** The sentences of all chunks, in the order in which the sentence index numbers them. */
export class SentenceTable {
  readonly length: number;
  /** One more for the end. */
  readonly #firsts: Uint32Array;
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;

  constructor(firsts: Uint32Array, starts: Uint32Array, ends: Uint32Array) {
    this.length = starts.length;
    this.#firsts = firsts;
    this.#starts = starts;
    this.#ends = ends;
  }

  /** A sentence by its number; `undefined` where there is none. */
  at(sentence: number): IndexedSentence | undefined {
    const [start, end] = [this.#starts[sentence], this.#ends[sentence]];
    return start === undefined || end === undefined ? undefined : { start, end, chunk: this.chunkOf(sentence) };
  }

  /** The number of the chunk that holds a sentence. */
  chunkOf(sentence: number): number {
    return lowerBound(this.#firsts, sentence + 1) - 1;
  }

  /** The sentences of a chunk. */
  spansOf(chunk: number): Span[] {
    const spans: Span[] = [];
    for (let at = this.#firsts[chunk] ?? 0; at < (this.#firsts[chunk + 1] ?? 0); at++)
      spans.push({ start: this.#starts[at] ?? 0, end: this.#ends[at] ?? 0 });
    return spans;
  }

  *[Symbol.iterator](): Generator<IndexedSentence> {
    for (let number = 0; number < this.length; number++) {
      const sentence = this.at(number);
      if (sentence) yield sentence;
    }
  }
}

/** Where in an ascending column the first value stands that is not below `least`. */
function lowerBound(column: Uint32Array, least: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((column[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
