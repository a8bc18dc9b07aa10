import { LRUCache } from 'lru-cache';
import type { Paragraph, SourceDocument } from '../../structure/document.ts';
import { unpackFile } from '../packed-file.ts';
import { DocumentRows } from './document-rows.ts';
import { InternedStrings } from './interned-strings.ts';
import { type DocumentOutline, NONE } from './pack-documents.ts';

/** UTF-16 units of documents that are kept decoded: about 30 MB with their structure, all of a collection of 30,000 paragraphs. */
const KEPT_UNITS = 4_000_000;

type Decoded = { document: SourceDocument; paragraphs: ReadonlyMap<string, Paragraph> };

/**
 * The documents of an index by documentId, in the order of ingest. They lie packed as in the file and are decoded when asked for; as
 * long as anybody holds a document, it is given as the same object again.
 */
export class DocumentTable implements ReadonlyMap<string, SourceDocument> {
  /** The years that the documents date from, of four digits; `undefined` among them where one has no date. */
  readonly years: ReadonlySet<string | undefined>;
  readonly #ids: InternedStrings;
  readonly #rows: DocumentRows;
  readonly #kept = new LRUCache<number, Decoded>({
    maxSize: KEPT_UNITS,
    sizeCalculation: ({ document }) => Math.max(1, document.text.length),
  });
  readonly #held = new Map<number, WeakRef<SourceDocument>>();

  /** @param file what `packDocuments` gave; its hash was checked */
  constructor(file: Buffer) {
    const unpacked = unpackFile(file);
    this.#ids = new InternedStrings('documentIds', unpacked);
    this.#rows = new DocumentRows(unpacked);
    this.years = new Set(
      Array.from(new Set(unpacked.integers('years')), (year) => (year === NONE ? undefined : String(year).padStart(4, '0'))),
    );
  }

  get size(): number {
    return this.#ids.size;
  }

  /** The id of the nth document. */
  idOf(row: number): string {
    return this.#ids.at(row);
  }

  rowOf(documentId: string): number | undefined {
    return this.#ids.numberOf(documentId);
  }

  has(documentId: string): boolean {
    return this.rowOf(documentId) !== undefined;
  }

  get(documentId: string): SourceDocument | undefined {
    const row = this.rowOf(documentId);
    return row === undefined ? undefined : this.#decoded(row).document;
  }

  paragraph(documentId: string, paragraphId: string): Paragraph | undefined {
    const row = this.rowOf(documentId);
    return row === undefined ? undefined : this.#decoded(row).paragraphs.get(paragraphId);
  }

  /** What is told of a document without decoding its text and structure. */
  outlineOf(documentId: string): DocumentOutline | undefined {
    const row = this.rowOf(documentId);
    return row === undefined ? undefined : this.#rows.outline(row);
  }

  *outlines(): Generator<DocumentOutline, undefined> {
    for (let row = 0; row < this.size; row++) yield this.#rows.outline(row);
  }

  /** The documents whose text has these words, in order; no others are decoded. */
  *holding(words: string): Generator<SourceDocument, undefined> {
    for (const row of this.#rows.holding(words)) yield this.#decoded(row).document;
  }

  *keys(): Generator<string, undefined> {
    for (let row = 0; row < this.size; row++) yield this.#ids.at(row);
  }

  *values(): Generator<SourceDocument, undefined> {
    for (let row = 0; row < this.size; row++) yield this.#decoded(row).document;
  }

  *entries(): Generator<[string, SourceDocument], undefined> {
    for (const document of this.values()) yield [document.documentId, document];
  }

  [Symbol.iterator](): Generator<[string, SourceDocument], undefined> {
    return this.entries();
  }

  forEach(use: (document: SourceDocument, documentId: string, documents: ReadonlyMap<string, SourceDocument>) => void): void {
    for (const [documentId, document] of this) use(document, documentId, this);
  }

  #decoded(row: number): Decoded {
    const kept = this.#kept.get(row);
    if (kept) return kept;
    const document = this.#held.get(row)?.deref() ?? this.#rows.document(row);
    const decoded = { document, paragraphs: new Map(document.paragraphs.map((paragraph) => [paragraph.paragraphId, paragraph])) };
    this.#kept.set(row, decoded);
    this.#held.set(row, new WeakRef(document));
    return decoded;
  }
}
