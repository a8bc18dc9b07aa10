import type {
  DocumentMetadata,
  Enumerator,
  EnumeratorStyle,
  Section,
  SectionKind,
  Segment,
  SourceDocument,
} from '../../structure/document.ts';
import { GrowingIntegers } from '../lexical/postings/growing-integers.ts';
import { type PackedArray, packFile } from '../packed-file.ts';
import { StringNumbers } from './interned-strings.ts';

/** The order of these lists is part of the file's format. */
export const SECTION_KINDS: readonly SectionKind[] = ['preamble', 'part', 'body', 'closing', 'signatures', 'notes'];
export const SEGMENT_KINDS: readonly Segment['kind'][] = ['furniture', 'title', 'heading', 'paragraph'];
export const ENUMERATOR_STYLES: readonly EnumeratorStyle[] = [
  'bare',
  'ideographic',
  'chapter',
  'article',
  'roman',
  'arabic',
  'parenthesised',
];

/** In a column of things that not every row has: numbers of things are raised by one. */
export const NONE = 0;

/** What is told of a document without its text and structure. */
export type DocumentOutline = DocumentMetadata & Pick<SourceDocument, 'documentId' | 'sha256' | 'file'>;

/**
 * Documents as columns of numbers over one text in UTF-16, in which spans are counted. Each `…Starts` has one more for the end. The
 * facts about a document are JSON: they are many, small and seldom asked for.
 */
export function packDocuments(documents: readonly SourceDocument[]): Buffer {
  const columns = new DocumentColumns();
  for (const document of documents) columns.add(document);
  return packFile(columns.pack(documents));
}

const COLUMNS = [
  'textStarts',
  'outlineStarts',
  'years',
  'sectionStarts',
  'sectionIds',
  'sectionKinds',
  'sectionEnumerators',
  'headingStarts',
  'headingEnds',
  'segmentStarts',
  'segmentKinds',
  'segmentEnds',
  'paragraphStarts',
  'paragraphIds',
  'paragraphSections',
  'paragraphSpanStarts',
  'paragraphSpanEnds',
  'positions',
  'itemStarts',
  'items',
  'enumeratorStyles',
  'enumeratorValues',
  'enumeratorsPrinted',
] as const;
type Column = (typeof COLUMNS)[number];

class DocumentColumns {
  readonly #columns = new Map<Column, GrowingIntegers>(COLUMNS.map((name) => [name, new GrowingIntegers()]));
  readonly #ids = new StringNumbers();
  readonly #strings = new StringNumbers();
  readonly #enumerators = new Map<string, number>();
  readonly #outlines: Buffer[] = [];
  #textLength = 0;
  #outlineLength = 0;

  add(document: SourceDocument): void {
    this.#ids.of(document.documentId);
    const { text, sections, segments, paragraphs, ...outline } = document;
    this.#openRows();
    this.#textLength += text.length;
    const json = Buffer.from(JSON.stringify(outline));
    this.#outlines.push(json);
    this.#outlineLength += json.length;
    this.#push('years', Number(document.date?.slice(0, 4) ?? NONE));
    for (const section of sections) this.#addSection(section);
    // Segments tile the text: each begins where the one before ends.
    for (const { kind, end } of segments) {
      this.#push('segmentKinds', SEGMENT_KINDS.indexOf(kind));
      this.#push('segmentEnds', end);
    }
    for (const { paragraphId, sectionId, start, end, position = NONE, items } of paragraphs) {
      this.#push('paragraphIds', this.#strings.of(paragraphId));
      this.#push('paragraphSections', this.#strings.of(sectionId));
      this.#push('paragraphSpanStarts', start);
      this.#push('paragraphSpanEnds', end);
      this.#push('positions', position);
      this.#push('itemStarts', this.#lengthOf('items'));
      for (const item of items) this.#push('items', this.#numberOf(item));
    }
  }

  pack(documents: readonly SourceDocument[]): Record<string, PackedArray> {
    this.#openRows();
    this.#push('itemStarts', this.#lengthOf('items'));
    return {
      ...this.#ids.pack('documentIds'),
      ...this.#strings.pack('strings'),
      ...Object.fromEntries([...this.#columns].map(([name, column]) => [name, column.values().slice()])),
      outlines: new Uint8Array(Buffer.concat(this.#outlines)),
      text: this.#text(documents),
    };
  }

  /** Where the rows of the next document begin, in each table. */
  #openRows(): void {
    this.#push('textStarts', this.#textLength);
    this.#push('outlineStarts', this.#outlineLength);
    this.#push('sectionStarts', this.#lengthOf('sectionIds'));
    this.#push('segmentStarts', this.#lengthOf('segmentKinds'));
    this.#push('paragraphStarts', this.#lengthOf('paragraphIds'));
  }

  #addSection({ sectionId, kind, enumerator, heading }: Section): void {
    this.#push('sectionIds', this.#strings.of(sectionId));
    this.#push('sectionKinds', SECTION_KINDS.indexOf(kind));
    this.#push('sectionEnumerators', enumerator ? this.#numberOf(enumerator) + 1 : NONE);
    // A heading is not empty: where it is, there is none.
    this.#push('headingStarts', heading?.start ?? 0);
    this.#push('headingEnds', heading?.end ?? 0);
  }

  #numberOf({ style, value, printed }: Enumerator): number {
    const key = `${style} ${value} ${printed}`;
    const known = this.#enumerators.get(key);
    if (known !== undefined) return known;
    const number = this.#enumerators.size;
    this.#enumerators.set(key, number);
    this.#push('enumeratorStyles', ENUMERATOR_STYLES.indexOf(style));
    this.#push('enumeratorValues', value);
    this.#push('enumeratorsPrinted', this.#strings.of(printed));
    return number;
  }

  #text(documents: readonly SourceDocument[]): Uint16Array {
    const letters = new Uint16Array(this.#textLength);
    const bytes = Buffer.from(letters.buffer);
    let at = 0;
    for (const { text } of documents) at += bytes.write(text, at, 'utf16le');
    return letters;
  }

  #push(name: Column, value: number): void {
    this.#columns.get(name)?.push(value);
  }

  #lengthOf(name: Column): number {
    return this.#columns.get(name)?.length ?? 0;
  }
}
