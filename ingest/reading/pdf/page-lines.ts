import { isWide } from '../block-builder.ts';
import type { Page, PageRun } from './open-pdf.ts';

/** A line of a page. Positions in points from the lower left corner; `runs` are the numbers of its runs in the file's. */
export type Line = {
  page: number;
  text: string;
  runs: number[];
  left: number;
  right: number;
  baseline: number;
  size: number;
  pageHeight: number;
  isUpright: boolean;
};

/** Runs further apart than this many times the type size are cells. */
const CELL_GAP = 1.5;
/** A gap of this many times the type size is a space between words. */
const WORD_GAP = 0.15;
/** Space inside Chinese text below one em is what justifies a line. */
const JUSTIFYING_GAP = 0.9;

/**
 * Puts the runs of a page together into lines, in the order of the page's content, and notes every run in `runs`.
 * @param number the page's, 1-based
 */
export function readLines({ height, runs: pageRuns }: Page, number: number, runs: string[]): Line[] {
  const lines: Line[] = [];
  let gap = 0;
  for (const run of pageRuns) {
    if (run.text.trim() === '') {
      gap = Math.max(gap, run.width);
      continue;
    }
    const index = runs.push(run.text.trim()) - 1;
    const last = lines.at(-1);
    if (last && continues(last, run)) append(last, run, index, gap);
    else lines.push(newLine(run, index, number, height));
    gap = 0;
  }
  return lines;
}

const continues = (line: Line, run: PageRun) =>
  line.isUpright === run.isUpright &&
  Math.abs(line.baseline - run.y) < Math.max(line.size, run.size) / 2 &&
  run.x >= line.right - Math.max(line.size, run.size);

const newLine = (run: PageRun, index: number, page: number, pageHeight: number): Line => ({
  page,
  text: run.text.trim(),
  runs: [index],
  left: run.x,
  right: run.x + run.width,
  baseline: run.y,
  size: run.size,
  pageHeight,
  isUpright: run.isUpright,
});

function append(line: Line, run: PageRun, index: number, spaceBefore: number): void {
  const distance = Math.max(run.x - line.right, spaceBefore);
  line.text += spaceBetween(line.text, run.text, distance / Math.max(line.size, 1)) + run.text.trim();
  line.runs.push(index);
  line.right = run.x + run.width;
  line.size = Math.max(line.size, run.size);
}

/** What stands between two runs of a line. @param distance in type sizes */
function spaceBetween(before: string, after: string, distance: number): string {
  if (distance >= CELL_GAP) return '\t';
  const isChinese = isWide(before.at(-1)) || isWide(after.trim()[0]);
  return distance > (isChinese ? JUSTIFYING_GAP : WORD_GAP) ? ' ' : '';
}
