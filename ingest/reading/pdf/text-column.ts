import type { Line } from './page-lines.ts';

/** Where the lines of a page begin and end, in points. */
export type TextColumn = { left: number; right: number };

/** Most of the letters are of this size. */
export function commonSize(lines: readonly Line[]): number {
  const letters = new Map<number, number>();
  for (const { size, text } of lines) letters.set(round(size), (letters.get(round(size)) ?? 0) + text.length);
  return [...letters].toSorted(([, one], [, other]) => other - one)[0]?.[0] ?? 0;
}

const round = (points: number) => Math.round(points * 2) / 2;

/**
 * The column of text on each page. Pages are measured by their leftmost line, as left and right pages may differ; the width is the
 * widest of all, because the last page may hold a short line only.
 */
export function measureColumns(lines: readonly Line[]): { columnOf: (line: Line) => TextColumn; textSize: number } {
  const textSize = commonSize(lines);
  const columns = new Map<number, TextColumn>();
  for (const { page, left, right, size } of lines) {
    if (Math.abs(size - textSize) > textSize * 0.1) continue;
    const column = columns.get(page) ?? { left, right };
    columns.set(page, { left: Math.min(column.left, left), right: Math.max(column.right, right) });
  }
  const width = Math.max(0, ...[...columns.values()].map(({ left, right }) => right - left));
  // A page whose lines are all indented has the margin of the others.
  const lefts = [...columns.values()].map(({ left }) => left).toSorted((one, other) => one - other);
  const usual = lefts[Math.floor(lefts.length / 2)] ?? 0;
  const columnOf = ({ page, size }: Line): TextColumn => {
    const left = columns.get(page)?.left ?? usual;
    const margin = left - usual > size && left - usual < 4 * size ? usual : left;
    return { left: margin, right: margin + width };
  };
  return { columnOf, textSize };
}
