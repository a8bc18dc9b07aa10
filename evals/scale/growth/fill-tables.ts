import { writeTable } from '../../benchmarks/benchmark-page.ts';
import type { BenchmarkTable } from '../../benchmarks/benchmark-part.ts';

/** Puts tables into a page, each between its marks `<!-- name -->` and `<!-- /name -->`; the text around them is people's. */
export const fillTables = (page: string, tables: Readonly<Record<string, BenchmarkTable>>): string =>
  Object.entries(tables).reduce((filled, [name, table]) => {
    const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [from, to] = [filled.indexOf(start), filled.indexOf(end)];
    if (from < 0 || to < from)
      throw new Error(`docs/scaling.md has no place for the table “${name}”: put ${start} and ${end} where it belongs`);
    return `${filled.slice(0, from + start.length)}\n\n${writeTable(table)}\n\n${filled.slice(to)}`;
  }, page);
