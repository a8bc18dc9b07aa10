import { recogniseEnumerator } from '../../structure/recognise-enumerator.ts';
import { BlockBuilder, joinCells } from '../block-builder.ts';
import { formatListNumber } from '../list-numbers.ts';
import type { FoundBlock } from '../reading.ts';
import { attribute, type Element, isBlock, isElement, isUnseen, ownStyle, type ParentNode } from './html-elements.ts';

/** A block of a page with the block elements that it stands in, outermost first. */
export type PageBlock = { found: FoundBlock; path: readonly Element[]; linkedLetters: number };

/** The blocks of what is visible in a page, in its order. */
export function readPageBlocks(root: ParentNode, runs: string[]): PageBlock[] {
  const walk = new PageWalk(runs);
  walk.readChildren(root, []);
  walk.endBlock([]);
  return walk.blocks;
}

class PageWalk {
  readonly blocks: PageBlock[] = [];
  readonly #runs: string[];
  #builder: BlockBuilder;
  #linkedLetters = 0;
  #marker: string | undefined;

  constructor(runs: string[]) {
    this.#runs = runs;
    this.#builder = new BlockBuilder(runs);
  }

  readChildren(parent: ParentNode, path: readonly Element[], isLinked = false, isPreformatted = false): void {
    for (const node of parent.childNodes) {
      if ('value' in node) this.#readText(node.value, isLinked, isPreformatted);
      else if (isElement(node) && !isUnseen(node)) this.#readElement(node, path, isLinked, isPreformatted);
    }
  }

  endBlock(path: readonly Element[]): void {
    if (this.#builder.isEmpty) return;
    const found = this.#builder.build('text');
    if (found.text !== '') this.blocks.push({ found, path, linkedLetters: this.#linkedLetters });
    this.#builder = new BlockBuilder(this.#runs);
    this.#linkedLetters = 0;
  }

  #readElement(element: Element, path: readonly Element[], isLinked: boolean, isPreformatted: boolean): void {
    if (element.tagName === 'br') {
      this.#builder.addSpace('\n');
      return;
    }
    const linked = isLinked || element.tagName === 'a';
    if (!isBlock(element)) {
      this.readChildren(element, path, linked, isPreformatted);
      return;
    }
    this.endBlock(path);
    const inner = [...path, element];
    if (element.tagName === 'tr') this.#readRow(element, inner, linked);
    else if (element.tagName === 'ol') this.#readList(element, inner, linked);
    else this.readChildren(element, inner, linked, isPreformatted || element.tagName === 'pre');
    this.endBlock(inner);
  }

  #readText(value: string, isLinked: boolean, isPreformatted: boolean): void {
    // White space between blocks makes none.
    if (/^[ \t\r\n\f]*$/.test(value) && this.#builder.isEmpty) return;
    if (this.#marker !== undefined && value.trim() !== '') {
      this.#builder.addComputed(this.#marker);
      this.#marker = undefined;
    }
    for (const [number, line] of (isPreformatted ? value.split(/\r?\n/) : [value]).entries()) {
      if (number > 0) this.#builder.addSpace('\n');
      // A tab of the source is white space like any other; between cells it is added.
      this.#builder.addRun(line.replaceAll('\t', ' '));
    }
    if (isLinked) this.#linkedLetters += value.trim().length;
  }

  /** A row whose cells hold one block each is a row of a table, and one block; any other one is layout. */
  #readRow(row: Element, path: readonly Element[], isLinked: boolean): void {
    const before = this.blocks.length;
    let isTable = true;
    for (const cell of row.childNodes) {
      if (!isElement(cell) || isUnseen(cell)) continue;
      const first = this.blocks.length;
      this.readChildren(cell, [...path, cell], isLinked);
      this.endBlock([...path, cell]);
      isTable &&= this.blocks.length - first <= 1;
    }
    const cells = this.blocks.slice(before);
    if (!isTable || cells.length < 2) return;
    const linkedLetters = cells.reduce((sum, cell) => sum + cell.linkedLetters, 0);
    const found = joinCells(
      cells.map((cell) => cell.found),
      'text',
    );
    this.blocks.splice(before, cells.length, { found, path, linkedLetters });
  }

  /** Items with the numbers that a browser prints, unless they have their own. */
  #readList(list: Element, path: readonly Element[], isLinked: boolean): void {
    let value = Number(attribute(list, 'start') ?? 1);
    for (const item of list.childNodes) {
      if (!isElement(item) || isUnseen(item)) continue;
      const given = attribute(item, 'value');
      if (given !== undefined && /^-?\d{1,6}$/.test(given)) value = Number(given);
      this.#marker = recogniseEnumerator(textOf(item).trimStart()) ? undefined : markerOf(list, item, value);
      this.readChildren(item, [...path, item], isLinked);
      this.#marker = undefined;
      this.endBlock([...path, item]);
      value++;
    }
  }
}

const TYPES: Record<string, string> = { a: 'lowerLetter', A: 'upperLetter', i: 'lowerRoman', I: 'upperRoman' };
const STYLES: Record<string, string> = {
  'lower-alpha': 'lowerLetter',
  'lower-latin': 'lowerLetter',
  'upper-alpha': 'upperLetter',
  'upper-latin': 'upperLetter',
  'lower-roman': 'lowerRoman',
  'upper-roman': 'upperRoman',
};
const IDEOGRAPHIC_STYLES = new Set(['cjk-ideographic', 'simp-chinese-informal', 'trad-chinese-informal']);

function markerOf(list: Element, item: Element, value: number): string | undefined {
  if (item.tagName !== 'li') return undefined;
  const style = ownStyle(item, 'list-style-type') ?? ownStyle(list, 'list-style-type') ?? ownStyle(list, 'list-style');
  if (style === 'none') return undefined;
  if (style !== undefined && IDEOGRAPHIC_STYLES.has(style)) return `${formatListNumber('chineseCounting', value)}、`;
  const format = (style && STYLES[style]) || TYPES[attribute(list, 'type') ?? ''] || 'decimal';
  return `${formatListNumber(format, value)}. `;
}

/** The beginning of an element's text: enough for its number. */
function textOf(element: ParentNode): string {
  let text = '';
  for (const node of element.childNodes) {
    if (text.trim().length > 24) break;
    if ('value' in node) text += node.value;
    else if (isElement(node) && !isUnseen(node)) text += textOf(node);
  }
  return text;
}
