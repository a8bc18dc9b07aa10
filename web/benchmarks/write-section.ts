import { readFile, writeFile } from 'node:fs/promises';

const FILE = 'docs/widget-benchmarks.md';
const TITLE = '# Widget benchmarks\n';

/** The report with the command's section replaced, or added at the end; the other sections stay as they are. */
export function replaceSection(report: string, command: string, lines: readonly string[]): string {
  const opening = `<!-- written by ${command} -->`;
  const closing = `<!-- end of ${command} -->`;
  const section = [opening, '', ...lines, '', closing].join('\n');
  const start = report.indexOf(opening);
  const end = report.indexOf(closing);
  if (start < 0 || end < start) return `${report.trimEnd()}\n\n${section}\n`;
  return report.slice(0, start) + section + report.slice(end + closing.length);
}

export async function writeSection(command: string, lines: readonly string[]): Promise<void> {
  const report = await readFile(FILE, 'utf8').catch(() => TITLE);
  await writeFile(FILE, replaceSection(report, command, lines));
  console.log(`${lines.join('\n')}\n\nwritten to ${FILE}`);
}

/** A Markdown table; the first row is its head. */
export function drawTable(rows: readonly (readonly string[])[]): string[] {
  const [head = [], ...body] = rows;
  return [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`);
}
