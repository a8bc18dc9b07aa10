import { recogniseEnumerator } from '../../structure/recognise-enumerator.ts';
import { isWide } from '../block-builder.ts';
import type { BlockPart, BlockRole, FoundBlock } from '../reading.ts';
import type { Line } from './page-lines.ts';
import { measureColumns, type TextColumn } from './text-column.ts';

/** Lines of type this much larger than the text's are headings. */
const HEADING_SIZE = 1.15;
/** A line this many times its size further down than usual begins something new. */
const WIDE_SPACING = 2.2;
const SENTENCE_END = /[。！？；：.!?;:][”’"'」』）)]*$/u;

/**
 * Joins the lines of a text into paragraphs, across pages too. A paragraph ends where a line stops short of the column's edge, or the
 * next one is indented, of another size, further down than usual, or starts with a number behind the end of a sentence.
 * @param lines those of the text, without the running ones
 */
export function joinLines(lines: readonly Line[], role: BlockRole): FoundBlock[] {
  const columns = measureColumns(lines);
  const words = new HyphenatedWords(lines);
  const blocks: FoundBlock[] = [];
  let previous: Line | undefined;
  for (const line of lines) {
    const block = blocks.at(-1);
    if (block && previous && !startsBlock(previous, line, columns)) appendLine(block, line, words);
    else blocks.push({ role, text: line.text, parts: partsOf(line) });
    previous = line;
  }
  return blocks;
}

const partsOf = ({ runs }: Line): BlockPart[] => runs.map((run) => ({ run }));

function startsBlock(previous: Line, line: Line, { columnOf, textSize }: { columnOf: (line: Line) => TextColumn; textSize: number }) {
  const isSameSize = Math.abs(previous.size - line.size) < 0.1 * line.size;
  if (!isSameSize || previous.text.includes('\t') || line.text.includes('\t')) return true;
  const isSamePage = previous.page === line.page;
  if (isSamePage && previous.baseline - line.baseline > WIDE_SPACING * line.size) return true;
  const number = recogniseEnumerator(line.text);
  if (number?.style === 'bare') return true;
  // Lines of a heading are centred, each by itself.
  if (line.size > HEADING_SIZE * textSize) return !isSamePage || number !== undefined;
  const column = columnOf(line);
  const isIndented = line.left > column.left + line.size;
  const isShort = previous.right + firstWordWidth(line) < columnOf(previous).right;
  const isNumbered = number !== undefined && SENTENCE_END.test(previous.text);
  return isIndented || isShort || isNumbered;
}

/** What would have stood on the line before, had there been room: a word, or in Chinese a character with a mark that may not lead. */
function firstWordWidth({ text, left, right, size }: Line): number {
  if (isWide(text[0])) return 2.1 * size;
  const word = text.split(/\s/u, 1)[0] ?? '';
  return Math.min((right - left) * ((word.length + 1) / Math.max(text.length, 1)), 20 * size);
}

function appendLine(block: FoundBlock, line: Line, words: HyphenatedWords): void {
  const last = block.parts.at(-1);
  if (last && 'run' in last && words.isParted(block.text, line.text)) {
    last.hyphen = 'left-out';
    block.text = block.text.slice(0, -1) + line.text;
  } else {
    const isWithoutSpace = isWide(block.text.at(-1)) || isWide(line.text[0]) || /[-\u2010]$/u.test(block.text);
    block.text += isWithoutSpace ? line.text : ` ${line.text}`;
  }
  block.parts.push(...partsOf(line));
}

/** Tells a hyphen that parts a word from one that belongs to it: the latter stands inside a line somewhere, too. */
class HyphenatedWords {
  readonly #hyphened: ReadonlySet<string>;

  constructor(lines: readonly Line[]) {
    this.#hyphened = new Set(
      lines.flatMap(({ text }) => (text.match(/(?<!\p{L})\p{L}+(?:[-\u2010]\p{L}+)+/gu) ?? []).map((word) => word.toLowerCase())),
    );
  }

  isParted(before: string, after: string): boolean {
    if (before.endsWith('\u00ad')) return true;
    const start = /(\p{L}+)[-\u2010]$/u.exec(before.slice(-60))?.[1];
    const end = /^\p{Ll}+/u.exec(after.slice(0, 60))?.[0];
    return start !== undefined && end !== undefined && !this.#hyphened.has(`${start}-${end}`.toLowerCase());
  }
}
