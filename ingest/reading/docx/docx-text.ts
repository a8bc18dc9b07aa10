import type { Element } from '@xmldom/xmldom';
import { BlockBuilder, joinCells } from '../block-builder.ts';
import { formatListNumber } from '../list-numbers.ts';
import type { BlockRole, FoundBlock } from '../reading.ts';
import { ParagraphNumbers } from './paragraph-numbers.ts';
import { ParagraphStyles } from './paragraph-styles.ts';
import type { DocxParts } from './unpack-docx.ts';
import { attributeOf, childOf, childrenOf, isOn, propertyOf } from './word-elements.ts';

/**
 * What is not shown: revisions that do not stand, properties. Any other element that is not known here holds what is shown (links,
 * fields, content controls, revisions that stand …), so that text is never lost for want of a name.
 */
const UNSHOWN = new Set(['del', 'moveFrom', 'pPr', 'rPr', 'tblPr', 'trPr', 'tcPr', 'sdtPr', 'sectPr', 'Fallback']);

type NoteKind = 'footnote' | 'endnote';
type Note = { kind: NoteKind; id: string; number: string };

/** Collects the text of a Word document, paragraph by paragraph. */
export class DocxText {
  readonly runs: string[] = [];
  readonly blocks: FoundBlock[] = [];
  readonly #parts: DocxParts;
  readonly #styles: ParagraphStyles;
  readonly #numbers: ParagraphNumbers;
  readonly #notes: Note[] = [];
  /** Paragraphs of text boxes anchored in the paragraph that is being read: they follow it. */
  #boxes: Element[] = [];

  constructor(parts: DocxParts) {
    this.#parts = parts;
    this.#styles = new ParagraphStyles(parts.styles);
    this.#numbers = new ParagraphNumbers(parts.numbering);
  }

  readBody(): void {
    this.blocks.push(...this.#readContainer(childOf(this.#parts.document, 'body'), 'text'));
  }

  /** The notes that the text refers to, in the order in which it does. */
  readNotes(): void {
    for (const { kind, id, number } of this.#notes.splice(0)) {
      for (const note of childrenOf(kind === 'footnote' ? this.#parts.footnotes : this.#parts.endnotes)) {
        if (attributeOf(note, 'id') !== id) continue;
        const [first, ...others] = childrenOf(note);
        if (first) this.blocks.push(...this.#readParagraph(first, 'note', `${number} `));
        for (const child of others) this.blocks.push(...this.#readBlock(child, 'note'));
      }
    }
  }

  #readContainer(container: Element | undefined, role: BlockRole): FoundBlock[] {
    return [...childrenOf(container)].flatMap((child) => this.#readBlock(child, role));
  }

  #readBlock(element: Element, role: BlockRole): FoundBlock[] {
    const name = element.localName ?? '';
    if (name === 'p' || name === 'oMathPara') return this.#readParagraph(element, role);
    if (name === 'tbl') return this.#readTable(element, role);
    if (UNSHOWN.has(name)) return [];
    return this.#readContainer(element, name === 'sdt' && isContents(element) ? 'furniture' : role);
  }

  #readParagraph(paragraph: Element, role: BlockRole, marker?: string): FoundBlock[] {
    const properties = childOf(paragraph, 'pPr');
    const builder = new BlockBuilder(this.runs);
    const numbering = this.#styles.numberingOf(properties);
    const number = marker ?? (numbering && this.#numbers.next(numbering));
    if (number) builder.addComputed(number);
    this.#readInline(paragraph, builder);
    const boxes = this.#boxes.splice(0).flatMap((box) => this.#readContainer(box, role));
    return [builder.build(this.#roleOf(properties, role)), ...boxes];
  }

  #roleOf(properties: Element | undefined, role: BlockRole): BlockRole {
    if (role === 'text' && this.#styles.isContentsEntry(properties)) return 'furniture';
    return role === 'text' && this.#styles.isTitle(properties) ? 'title' : role;
  }

  /** A row whose cells hold one paragraph each is one block; any other one is layout. */
  #readTable(table: Element, role: BlockRole): FoundBlock[] {
    return [...partsOf(table, 'tr')].flatMap((row) => {
      const cells = [...partsOf(row, 'tc')];
      const contents = cells.map((cell) => this.#readContainer(cell, role).filter(({ text }) => text !== ''));
      const filled = contents.filter((blocks) => blocks.length > 0);
      return filled.length > 1 && filled.every((blocks) => blocks.length === 1) ? [joinCells(filled.flat(), role)] : contents.flat();
    });
  }

  #readInline(parent: Element, builder: BlockBuilder): void {
    for (const child of childrenOf(parent)) {
      const name = child.localName ?? '';
      if (name === 'r') this.#readRun(child, builder);
      else if (name === 'f') this.#readFraction(child, builder);
      else if (!UNSHOWN.has(name)) this.#readInline(child, builder);
    }
  }

  /** Word draws a fraction; in a line it has a stroke. Other formulas lose their drawing, too, and the operator is told. */
  #readFraction(fraction: Element, builder: BlockBuilder): void {
    for (const [index, part] of [childOf(fraction, 'num'), childOf(fraction, 'den')].entries()) {
      if (index > 0) builder.addComputed('/');
      if (part) this.#readInline(part, builder);
    }
  }

  #readRun(run: Element, builder: BlockBuilder): void {
    if (isOn(childOf(run, 'rPr'), 'vanish')) return;
    for (const child of childrenOf(run)) {
      const name = child.localName;
      if (name === 't') builder.addRun(child.textContent ?? '');
      else if (name === 'noBreakHyphen') builder.addComputed('\u2011');
      else if (name === 'tab' || name === 'ptab') builder.addSpace('\t');
      else if ((name === 'br' && attributeOf(child, 'type') !== 'page') || name === 'cr') builder.addSpace('\n');
      else if (name === 'footnoteReference') this.#noteReferenced('footnote', child);
      else if (name === 'endnoteReference') this.#noteReferenced('endnote', child);
      else if (name === 'drawing' || name === 'pict' || name === 'object') this.#boxes.push(...boxesIn(child));
      // Of several versions for programs of different age the first is shown; ruby has its runs inside.
      else if (name === 'AlternateContent' || name === 'Choice') this.#readRun(child, builder);
      else if (!UNSHOWN.has(name ?? '')) this.#readInline(child, builder);
    }
  }

  /** The mark in the text is a sign and no word of it; the note has its number in front. Word counts endnotes in roman numerals. */
  #noteReferenced(kind: NoteKind, reference: Element): void {
    const id = attributeOf(reference, 'id');
    if (id === undefined) return;
    const count = this.#notes.filter((note) => note.kind === kind).length + 1;
    this.#notes.push({ kind, id, number: formatListNumber(kind === 'footnote' ? 'decimal' : 'lowerRoman', count) });
  }
}

const isContents = (control: Element) =>
  propertyOf(childOf(control, 'sdtPr', 'docPartObj'), 'docPartGallery')?.toLowerCase() === 'table of contents';

/** Rows or cells, also those in content controls and the like; not those of tables in cells. */
function* partsOf(parent: Element, name: string): Generator<Element> {
  for (const child of childrenOf(parent)) {
    if (child.localName === name) yield child;
    else if (child.localName !== 'tbl' && !UNSHOWN.has(child.localName ?? '')) yield* partsOf(child, name);
  }
}

function boxesIn(drawing: Element): Element[] {
  return [...childrenOf(drawing)]
    .filter(({ localName }) => localName !== 'Fallback')
    .flatMap((child) => (child.localName === 'txbxContent' ? [child] : boxesIn(child)));
}
