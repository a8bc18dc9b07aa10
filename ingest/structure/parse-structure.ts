import type { TextBlock } from '../reading/reading.ts';
import { YoujuError } from '../youju-error.ts';
import type { Enumerator, EnumeratorStyle, Paragraph, Section, Segment, Span } from './document.ts';
import { findTitle, isFurniture } from './find-furniture.ts';
import { isSameSeries, recogniseEnumerator } from './recognise-enumerator.ts';
import { splitBlocks, splitClosing } from './split-blocks.ts';

export type Structure = {
  title?: string;
  sections: Section[];
  segments: Segment[];
  paragraphs: Paragraph[];
};

/** A block of the source with the number it starts with, if any. */
type Block = Span & { text: string; enumerator?: Enumerator };

/** Styles that always open a part; `arabic` does so only where nothing above it numbers the parts. */
const PART_STYLES: ReadonlySet<EnumeratorStyle> = new Set(['bare', 'chapter', 'ideographic', 'roman']);
const HEADING_LENGTH = 40;

/**
 * Reads a text's own structure: title, page furniture, parts, items, unnumbered paragraphs, closing and signatures.
 * Nothing is known of any particular document; numbers count only in sequence, so a stray “1.” opens no part.
 * @param text the canonical text
 * @param editorsTitle the title from the document's metadata, if any: it tells the title from the furniture glued to it
 * @param found the blocks that a reader told apart, in their order; a plain text is one
 * @throws YoujuError `bad-document` when the text holds no paragraph
 */
export function parseStructure(
  text: string,
  editorsTitle?: string,
  found: readonly TextBlock[] = [{ role: 'text', start: 0, end: text.length }],
): Structure {
  const ofDocument = found.filter(({ role }) => role === 'text' || role === 'title');
  const printedTitle = ofDocument.find(({ role }) => role === 'title');
  const blocks = ofDocument.filter((block) => block !== printedTitle).flatMap((block) => blocksOf(text, block));
  const segments: Segment[] = printedTitle ? [{ kind: 'title', start: printedTitle.start, end: printedTitle.end }] : [];
  const content: Block[] = [];
  let title = printedTitle && inOneLine(text.slice(printedTitle.start, printedTitle.end));

  for (const block of blocks) {
    if (isFurniture(block.text)) continue;
    const titleSpan = title === undefined && content.length === 0 && blocks.length > 1 ? findTitle(block.text, editorsTitle) : undefined;
    if (titleSpan && !block.enumerator) {
      const start = block.start + titleSpan.start;
      const end = block.start + titleSpan.end;
      segments.push({ kind: 'title', start, end });
      title = text.slice(start, end);
    } else content.push(block);
  }
  if (content.length === 0) throw new YoujuError('bad-document', 'the text holds no paragraph: check the file');

  const notes = found.filter(({ role }) => role === 'note').flatMap((block) => blocksOf(text, block));
  const outline = outlineSections(content, notes);
  segments.push(...outline.segments);
  return { title, sections: outline.sections, paragraphs: outline.paragraphs, segments: tile(text, segments) };
}

/** A title of several lines; Chinese has no space where they meet. */
const inOneLine = (title: string) => title.replace(/(?<=\p{Script=Han})\s*\n\s*(?=\p{Script=Han})/gu, '').replace(/\s*\n\s*/g, ' ');

/** What is parted by line ends and indents inside a block. */
function blocksOf(text: string, { start, end }: Span): Block[] {
  return splitBlocks(text.slice(start, end)).map((span) => toBlock(text, { start: start + span.start, end: start + span.end }));
}

function toBlock(text: string, span: Span): Block {
  const blockText = text.slice(span.start, span.end);
  return { ...span, text: blockText, enumerator: recogniseEnumerator(blockText) };
}

/** The gaps between recognised segments are furniture (separators included), so that the whole tiles the source. */
function tile(text: string, recognised: Segment[]): Segment[] {
  const tiles: Segment[] = [];
  let position = 0;
  for (const segment of recognised.toSorted((a, b) => a.start - b.start)) {
    if (segment.start > position) tiles.push({ kind: 'furniture', start: position, end: segment.start });
    tiles.push(segment);
    position = segment.end;
  }
  if (position < text.length) tiles.push({ kind: 'furniture', start: position, end: text.length });
  return tiles;
}

function outlineSections(blocks: Block[], notes: Block[]) {
  const firstPart = findFirstPart(blocks);
  const outline = new Outline(firstPart !== undefined);
  const { body, closing, signatures } = splitClosing(blocks);
  const opensPart = (block: Block | undefined, number: number) =>
    block?.enumerator && firstPart && block.enumerator.value === number && isSameSeries(block.enumerator, firstPart);
  let partNumber = 0;
  for (const [index, block] of body.entries()) {
    if (block.enumerator && opensPart(block, partNumber + 1)) {
      partNumber++;
      const next = body[index + 1];
      outline.openPart(block, block.enumerator, next !== undefined && !opensPart(next, partNumber + 1));
    } else outline.addParagraph(block);
  }
  for (const block of closing) outline.addTo('closing', block);
  for (const block of signatures) outline.addTo('signatures', block);
  for (const block of notes) outline.addTo('notes', block);
  return outline;
}

/** The number of the first part: the first 1 of the part styles, else an `arabic` 1 where it heads something and a 2 follows. */
function findFirstPart(blocks: Block[]): Enumerator | undefined {
  const firstArticle = blocks.findIndex(({ enumerator }) => enumerator?.style === 'article');
  // What stands under 第一条 is its items, whatever their style.
  const candidates = firstArticle < 0 ? blocks : blocks.slice(0, firstArticle);
  const first = candidates.find(({ enumerator }) => enumerator?.value === 1 && PART_STYLES.has(enumerator.style));
  if (first) return first.enumerator;
  const start = candidates.findIndex(({ enumerator }) => enumerator?.style === 'arabic' && enumerator.value === 1);
  const arabic = candidates.filter(({ enumerator }) => enumerator?.style === 'arabic');
  if (start < 0 || arabic.every(({ enumerator }) => enumerator?.value !== 2)) return undefined;
  const firstItem = candidates.findIndex(({ enumerator }) => enumerator?.style === 'parenthesised');
  const isHeading =
    firstItem >= 0
      ? start < firstItem
      : arabic.every(({ text }) => isHeadingText(text)) && blocks[start + 1]?.enumerator?.style !== 'arabic';
  return isHeading ? blocks[start]?.enumerator : undefined;
}

const isHeadingText = (text: string) =>
  text.length <= HEADING_LENGTH && !/[。！？；：，.!?;:,]$/u.test(text.trimEnd().replace(/^[IVXL\d]+\.$/u, ''));

/** Collects sections and paragraphs in reading order and gives each its structural id. */
class Outline {
  readonly sections: Section[] = [];
  readonly segments: Segment[] = [];
  readonly paragraphs: Paragraph[] = [];
  #section: Section | undefined;
  #position = 0;
  #items: Enumerator[] = [];
  #article = 0;
  readonly #hasParts: boolean;

  constructor(hasParts: boolean) {
    this.#hasParts = hasParts;
  }

  /** @param headsText whether anything stands under it: a heading over nothing is a paragraph, so that it can be found and cited */
  openPart(block: Block, enumerator: Enumerator, headsText: boolean): void {
    const asHeading = headsText && (enumerator.style === 'bare' || isHeadingText(block.text));
    const heading = asHeading ? { start: block.start, end: block.end } : undefined;
    this.#open({ sectionId: `part-${enumerator.value}`, kind: 'part', enumerator, heading });
    if (heading) this.segments.push({ kind: 'heading', ...heading });
    else this.#addUnnumbered(block);
  }

  addParagraph(block: Block): void {
    if (!this.#section) this.#open(this.#hasParts ? { sectionId: 'preamble', kind: 'preamble' } : { sectionId: 'body', kind: 'body' });
    const items = block.enumerator ? this.#itemPath(block.enumerator) : undefined;
    if (!items) {
      this.#addUnnumbered(block);
      return;
    }
    this.#items = items;
    if (block.enumerator?.style === 'article') this.#article = block.enumerator.value;
    this.#push(block, { paragraphId: [this.#sectionId(), ...items.map(({ value }) => `item-${value}`)].join('-'), items });
  }

  addTo(kind: 'closing' | 'signatures' | 'notes', block: Block): void {
    if (this.#section?.kind !== kind) this.#open({ sectionId: kind, kind });
    this.#addUnnumbered(block);
  }

  /**
   * Where an item number belongs: the next sibling at some depth, or a first child of another series; else it is no item.
   * Articles are numbered through the whole document: 第二章 may start with 第六条.
   */
  #itemPath(enumerator: Enumerator): Enumerator[] | undefined {
    for (let depth = this.#items.length - 1; depth >= 0; depth--) {
      const sibling = this.#items[depth];
      if (sibling && isSameSeries(sibling, enumerator) && sibling.value + 1 === enumerator.value) {
        return [...this.#items.slice(0, depth), enumerator];
      }
    }
    const startsSeries = enumerator.value === 1 || (enumerator.style === 'article' && enumerator.value === this.#article + 1);
    const seriesIsNew = this.#items.every((item) => !isSameSeries(item, enumerator));
    return startsSeries && seriesIsNew && enumerator.style !== 'bare' ? [...this.#items, enumerator] : undefined;
  }

  #open(section: Section): void {
    this.#section = section;
    this.sections.push(section);
    this.#position = 0;
    this.#items = [];
  }

  #sectionId(): string {
    return this.#section?.sectionId ?? 'body';
  }

  #addUnnumbered(block: Block): void {
    this.#position++;
    this.#push(block, { paragraphId: `${this.#sectionId()}-p${this.#position}`, items: [], position: this.#position });
  }

  #push(block: Block, rest: Pick<Paragraph, 'paragraphId' | 'items' | 'position'>): void {
    const { start, end, text } = block;
    this.segments.push({ kind: 'paragraph', start, end });
    this.paragraphs.push({ ...rest, sectionId: this.#sectionId(), start, end, text });
  }
}
