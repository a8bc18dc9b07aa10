import type { Enumerator, Paragraph, Section, Segment, SourceDocument, Span } from '../../structure/document.ts';
import { YoujuError } from '../../youju-error.ts';
import type { UnpackedFile } from '../packed-file.ts';
import { InternedStrings } from './interned-strings.ts';
import { type DocumentOutline, ENUMERATOR_STYLES, NONE, SECTION_KINDS, SEGMENT_KINDS } from './pack-documents.ts';

/** Reads a document back from the columns that `packDocuments` wrote. */
export class DocumentRows {
  readonly #file: UnpackedFile;
  readonly #text: Buffer;
  readonly #outlines: Buffer;
  readonly #strings: InternedStrings;
  readonly #columns = new Map<string, Uint32Array>();

  constructor(file: UnpackedFile) {
    this.#file = file;
    this.#text = asBuffer(file.shorts('text'));
    this.#outlines = asBuffer(file.bytes('outlines'));
    this.#strings = new InternedStrings('strings', file);
  }

  outline(row: number): DocumentOutline {
    const { start, end } = this.#rowsOf('outlineStarts', row);
    return JSON.parse(this.#outlines.toString('utf8', start, end));
  }

  document(row: number): SourceDocument {
    const { start, end } = this.#rowsOf('textStarts', row);
    const text = this.#text.toString('utf16le', 2 * start, 2 * end);
    return {
      ...this.outline(row),
      text,
      sections: this.#sections(row),
      segments: this.#segments(row),
      paragraphs: this.#paragraphs(row, text),
    };
  }

  /** The documents whose text has these words, in order. The whole text is searched at once, without decoding any. */
  *holding(words: string): Generator<number, undefined> {
    const starts = this.#column('textStarts');
    // Buffer finds UTF-16 at even places only.
    for (let at = this.#text.indexOf(words, 0, 'utf16le'); at >= 0 && at < this.#text.length; ) {
      const row = lastNotAbove(starts, at / 2);
      const end = 2 * (starts[row + 1] ?? 0);
      // Where the words run over the end of a text they stand in none.
      if (at + 2 * words.length > end) at = this.#text.indexOf(words, at + 2, 'utf16le');
      else {
        yield row;
        at = this.#text.indexOf(words, end, 'utf16le');
      }
    }
  }

  #sections(row: number): Section[] {
    return rowsFrom(this.#rowsOf('sectionStarts', row), (at) => {
      const enumerator = this.#at('sectionEnumerators', at);
      const heading = { start: this.#at('headingStarts', at), end: this.#at('headingEnds', at) };
      return {
        sectionId: this.#string('sectionIds', at),
        kind: named(SECTION_KINDS, this.#at('sectionKinds', at)),
        ...(enumerator === NONE ? {} : { enumerator: this.#enumerator(enumerator - 1) }),
        ...(heading.end === heading.start ? {} : { heading }),
      };
    });
  }

  #segments(row: number): Segment[] {
    let start = 0;
    return rowsFrom(this.#rowsOf('segmentStarts', row), (at) => {
      const segment = { kind: named(SEGMENT_KINDS, this.#at('segmentKinds', at)), start, end: this.#at('segmentEnds', at) };
      start = segment.end;
      return segment;
    });
  }

  #paragraphs(row: number, text: string): Paragraph[] {
    return rowsFrom(this.#rowsOf('paragraphStarts', row), (at) => {
      const position = this.#at('positions', at);
      const start = this.#at('paragraphSpanStarts', at);
      const end = this.#at('paragraphSpanEnds', at);
      return {
        paragraphId: this.#string('paragraphIds', at),
        sectionId: this.#string('paragraphSections', at),
        items: rowsFrom(this.#rowsOf('itemStarts', at), (item) => this.#enumerator(this.#at('items', item))),
        ...(position === NONE ? {} : { position }),
        start,
        end,
        text: text.slice(start, end),
      };
    });
  }

  #enumerator(number: number): Enumerator {
    return {
      style: named(ENUMERATOR_STYLES, this.#at('enumeratorStyles', number)),
      value: this.#at('enumeratorValues', number),
      printed: this.#string('enumeratorsPrinted', number),
    };
  }

  #string(column: string, row: number): string {
    return this.#strings.at(this.#at(column, row));
  }

  #at(column: string, row: number): number {
    return this.#column(column)[row] ?? 0;
  }

  /** The rows of another table that belong to a row of this one. */
  #rowsOf(starts: string, row: number): Span {
    const column = this.#column(starts);
    return { start: column[row] ?? 0, end: column[row + 1] ?? 0 };
  }

  #column(name: string): Uint32Array {
    const known = this.#columns.get(name);
    if (known) return known;
    const column = this.#file.integers(name);
    this.#columns.set(name, column);
    return column;
  }
}

const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array | Uint16Array) => Buffer.from(buffer, byteOffset, byteLength);

function rowsFrom<Row>({ start, end }: Span, read: (row: number) => Row): Row[] {
  const rows: Row[] = [];
  for (let row = start; row < end; row++) rows.push(read(row));
  return rows;
}

/** Where in an ascending column the last value stands that is not above `most`. */
function lastNotAbove(column: Uint32Array, most: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((column[middle] ?? 0) <= most) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function named<Name>(names: readonly Name[], place: number): Name {
  const name = names[place];
  if (name === undefined) throw new YoujuError('index-corrupt', `the index file names no ${place}th kind: run \`npm run ingest\``);
  return name;
}
