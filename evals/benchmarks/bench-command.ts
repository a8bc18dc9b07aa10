import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { EmbeddingModel } from '../../ingest/embedding/embedding-model.ts';
import { documentsFolder, packageRoot } from '../../ingest/package-root.ts';
import { runCommand } from '../../ingest/run-command.ts';
import { languageSchema } from '../../server/wire.ts';
import { withFreshIndex } from '../eval-index.ts';
import { readEvalCases } from '../statement/eval-case.ts';
import { STRUCTURAL_KINDS } from '../statement/run-cases.ts';
import { readXquad } from '../xquad/read-xquad.ts';
import { withXquadIndex, XQUAD_LANGUAGES } from '../xquad/run-xquad.ts';
import { type ContestResult, compareRetrieval } from './compare-retrieval.ts';

const REPORT = path.join(packageRoot, 'docs', 'benchmarks.md');
const embeddingModel = new EmbeddingModel({});
const onDegraded = (error: unknown) => {
  throw error;
};

const command = new Command('bench')
  .description('Compares retrieval with engines a user might pick instead and writes docs/benchmarks.md.')
  .option('--xquad <folder>', 'also on XQuAD: the folder that holds xquad.zh.json, xquad.en.json and xquad.ru.json')
  .action(async ({ xquad }: { xquad?: string }) => {
    const text = [
      '# Benchmarks',
      '',
      `Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: Node ${process.versions.node}, ${os.cpus().length} × ${os.cpus()[0]?.model.trim() ?? 'unknown processor'}.`,
      'Recall of the right paragraph first / among five, and the median CPU time of one search relative to Youju’s (engines take turns, question by question).',
      '',
      '## The statement, reporting half',
      '',
      ...table(await onStatement()),
      '',
      '## XQuAD, reporting half: 240 Chinese paragraphs',
      '',
      ...(xquad === undefined ? ['not run: name the folder with `--xquad`.'] : table(await onXquad(xquad))),
      '',
    ].join('\n');
    await writeFile(REPORT, text);
    console.log(text);
  });

const onStatement = () =>
  withFreshIndex([documentsFolder], embeddingModel, async (index) => {
    const [document] = index.documents.values();
    const paragraphs = document?.paragraphs ?? [];
    const placeOf = (_documentId: string, paragraphId: string) =>
      paragraphs.findIndex((paragraph) => paragraph.paragraphId === paragraphId);
    const cases = (await readEvalCases(path.join(packageRoot, 'evals', 'cases'))).filter(
      ({ half, kind, history, expect }) =>
        half === 'reporting' && !STRUCTURAL_KINDS.has(kind) && !history && expect.status === 'answered' && expect.paragraphs.length > 0,
    );
    const sets = languageSchema.options.map((name) => ({
      name,
      questions: cases
        .filter(({ language }) => language === name)
        .map(({ question, expect }) => ({
          question,
          expected: expect.status === 'answered' ? expect.paragraphs.map((paragraphId) => placeOf('', paragraphId)) : [],
        })),
    }));
    const dependencies = { index, embeddingModel, publicUrl: 'http://localhost', onDegraded };
    return compareRetrieval({ paragraphs: paragraphs.map(({ text }) => text), sets, dependencies, placeOf });
  });

async function onXquad(folder: string): Promise<ContestResult[]> {
  const set = await readXquad(folder);
  return withXquadIndex(set, embeddingModel, ({ index, paragraphOf }) =>
    compareRetrieval({
      paragraphs: set.articles.flatMap((article) => article.paragraphs),
      sets: XQUAD_LANGUAGES.map((language) => ({
        name: language,
        questions: set.questions[language]
          .filter(({ half }) => half === 'reporting')
          .map(({ question, paragraph }) => ({ question, expected: [paragraph] })),
      })),
      dependencies: { index, embeddingModel, publicUrl: 'http://localhost', onDegraded },
      placeOf: paragraphOf,
    }),
  );
}

function table(results: readonly ContestResult[]): string[] {
  const names = Object.keys(results[0]?.recall ?? {});
  const own = results[0]?.medianMilliseconds ?? 1;
  const percent = (share: number | undefined) => (100 * (share ?? 0)).toFixed(1);
  const rows = results.map(({ engine, recall, medianMilliseconds }) => [
    engine,
    ...names.map((name) => `${percent(recall[name]?.at1)} / ${percent(recall[name]?.at5)}`),
    `${(medianMilliseconds / own).toFixed(2)} ×`,
  ]);
  const head = ['engine', ...names, 'time of a search'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

await runCommand(command);
