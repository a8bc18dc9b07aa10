import type { BlockPart, BlockRole, FoundBlock } from './reading.ts';

/** A block that readers of marked-up files fill run by run; `runs` is shared by all blocks of a file. */
export class BlockBuilder {
  readonly #runs: string[];
  readonly #parts: BlockPart[] = [];
  #raw = '';

  constructor(runs: string[]) {
    this.#runs = runs;
  }

  /** Text of the source. */
  addRun(text: string): void {
    const run = text.toWellFormed();
    this.#parts.push({ run: this.#runs.push(run) - 1 });
    this.#raw += run;
  }

  /** Text that the file does not hold but everybody sees who opens it. */
  addComputed(text: string): void {
    this.#parts.push({ computed: text });
    this.#raw += text;
  }

  /** White space that the layout makes. */
  addSpace(space: '\n' | '\t' | ' '): void {
    this.#raw += space === '\n' ? LINE_BREAK : space;
  }

  get isEmpty(): boolean {
    return this.#parts.length === 0;
  }

  build(role: BlockRole): FoundBlock {
    return { role, text: this.#raw.split(LINE_BREAK).map(evenSpace).join('\n').trim(), parts: this.#parts };
  }
}

/** Stands for a break that is meant, until the line ends of the source are dealt with. */
const LINE_BREAK = '\u2028';

/** What is set without spaces: Chinese characters and their punctuation. */
const WIDE = /[\p{Script=Han}\u3000-\u303f\uff01-\uff60\u2018-\u201d\u2026\u2014]/u;

export const isWide = (character: string | undefined): boolean => character !== undefined && WIDE.test(character);

/**
 * White space as a browser shows it: a run of it is one space, a tab between cells stays, and a line end of the source between two
 * Chinese characters is nothing (CSS Text 3 §4.1.3). Ideographic and no-break spaces are text.
 */
function evenSpace(line: string): string {
  return line
    .replace(/[ \t\r\n\f]+/g, (space, at: number) => {
      if (space.includes('\t') && !/[\r\n]/.test(space)) return '\t';
      const isBetweenWide = /[\r\n]/.test(space) && isWide(line[at - 1]) && isWide(line[at + space.length]);
      return isBetweenWide ? '' : ' ';
    })
    .trim();
}

/** Cells of a row, one beside the other: what a table says is said by the row. */
export function joinCells(cells: readonly FoundBlock[], role: BlockRole): FoundBlock {
  return { role, text: cells.map(({ text }) => text).join('\t'), parts: cells.flatMap(({ parts }) => parts) };
}
