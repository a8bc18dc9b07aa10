import type { Line } from './page-lines.ts';
import { commonSize } from './text-column.ts';

/** Notes are set in type at least this much smaller than the text. */
const NOTE_SIZE = 0.88;

/** Lines at the foot of a page, below its text and in smaller type: a paragraph may go on behind them on the next page. */
export function findNotes(lines: readonly Line[]): ReadonlySet<Line> {
  const textSize = commonSize(lines);
  const isSmall = ({ size }: Line) => size < NOTE_SIZE * textSize;
  const lowest = new Map<number, number>();
  for (const line of lines) {
    if (!isSmall(line)) lowest.set(line.page, Math.min(lowest.get(line.page) ?? line.baseline, line.baseline));
  }
  return new Set(lines.filter((line) => isSmall(line) && line.baseline < (lowest.get(line.page) ?? 0)));
}
