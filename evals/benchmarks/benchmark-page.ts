import os from 'node:os';
import type { BenchmarkPart, BenchmarkTable } from './benchmark-part.ts';

const HEAD = `# Benchmarks

Written by \`npm run bench\`: ratios of engines that take turns within one run. Times vary with the machine, and on a busy one from run to run; what
is to be compared stands in one table. Each part says when and on what it was measured, and is measured anew alone by \`npm run bench -- --only PART\`.
`;

/** A part as it stands on the page, with the machine and the day. */
export const writePart = ({ title, about }: BenchmarkPart, tables: readonly BenchmarkTable[], day: string): string =>
  [`## ${title}`, `Measured on ${day}: ${machine()}.\n${about}`, ...tables.map(writeTable)].join('\n\n');

export function writeTable({ caption, columns, rows }: BenchmarkTable): string {
  const lines = [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return [...(caption === undefined ? [] : [`### ${caption}`, '']), ...lines].join('\n');
}

export const machine = () =>
  `Node ${process.versions.node}, ${os.cpus().length} × ${os.cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(os.totalmem() / 2 ** 30)} GiB`;

/**
 * The page with these parts measured anew; the others stay as they were.
 * @param order titles of all parts, in the order of the page
 */
export function updatePage(page: string, measured: ReadonlyMap<string, string>, order: readonly string[]): string {
  const earlier = new Map(
    page
      .split(/^(?=## )/mu)
      .slice(1)
      .map((part) => [titleOf(part), part.trimEnd()]),
  );
  const parts = order.flatMap((title) => measured.get(title) ?? earlier.get(title) ?? []);
  return `${[HEAD.trimEnd(), ...parts].join('\n\n')}\n`;
}

const titleOf = (part: string) => part.slice(3, part.indexOf('\n')).trim();
