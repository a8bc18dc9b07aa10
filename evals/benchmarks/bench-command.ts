import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command, Option } from 'commander';
import { packageRoot } from '../../ingest/package-root.ts';
import { runCommand } from '../../ingest/run-command.ts';
import { growth } from '../scale/growth/growth.ts';
import { wholeNumber } from '../whole-number.ts';
import { updatePage, writePart } from './benchmark-page.ts';
import type { BenchmarkPart, BenchmarkScope } from './benchmark-part.ts';
import { http } from './http/http.ts';
import { ingest } from './ingest/ingest.ts';
import { quality } from './quality/quality.ts';
import { retrieval } from './retrieval/retrieval.ts';
import { start } from './start/start.ts';
import { stores } from './stores/stores.ts';
import { streaming } from './streaming/streaming.ts';

/** What is measured, in the order of the page. Each part is a file, or a folder, of its own. */
const PARTS: Record<string, BenchmarkPart> = {
  quality,
  retrieval,
  http,
  streaming,
  start,
  ingest,
  stores,
  growth,
};

const PAGE = path.join(packageRoot, 'docs', 'benchmarks.md');
const DEFAULT_PARAGRAPHS = 10_000;

type Options = { only?: string[]; paragraphs: number; xquad?: string };

const command = new Command('bench')
  .description('Measures Youju side by side with what a user might pick instead and writes docs/benchmarks.md.')
  .addOption(new Option('--only <part...>', 'measure these parts only').choices(Object.keys(PARTS)))
  .option('--paragraphs <count>', 'how large generated collections may be; 100000 takes half an hour', wholeNumber, DEFAULT_PARAGRAPHS)
  .option('--xquad <folder>', 'retrieval on XQuAD, too: the folder that holds xquad.zh.json, xquad.en.json and xquad.ru.json')
  .action(async ({ only = Object.keys(PARTS), ...scope }: Options) => {
    for (const name of only) await measurePart(name, scope);
  });

/** Each part is written as soon as it is measured: a run that is broken off leaves what it found. */
async function measurePart(name: string, scope: BenchmarkScope): Promise<void> {
  const part = PARTS[name];
  if (part === undefined) return;
  if (part.needs !== undefined && !process.env[part.needs]) return console.log(`“${part.title}” stays as it was: it needs ${part.needs}\n`);
  const text = writePart(part, await part.measure(scope), new Date().toISOString().slice(0, 10));
  const titles = Object.values(PARTS).map(({ title }) => title);
  await writeFile(PAGE, updatePage(await readFile(PAGE, 'utf8'), new Map([[part.title, text]]), titles));
  console.log(`${text}\n`);
}

await runCommand(command);
