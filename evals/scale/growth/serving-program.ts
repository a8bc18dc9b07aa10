import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { EmbeddingModel } from '../../../ingest/embedding/embedding-model.ts';
import { generationFolder } from '../../../ingest/index/generation-files.ts';
import { openCurrentIndex } from '../../../ingest/index/open-generation.ts';
import { packageRoot } from '../../../ingest/package-root.ts';
import { answerQuestion } from '../../../server/answering/answer-question.ts';
import { retrievePassages } from '../../../server/answering/retrieve-passages.ts';
import { understandQuestion } from '../../../server/question/understand-question.ts';
import { collectGarbage } from '../../benchmarks/measure-memory.ts';
import { quantile } from '../../benchmarks/take-turns.ts';
import { readEvalCases } from '../../statement/eval-case.ts';
import type { ServingMeasurement } from './size-measurement.ts';

/** Program: opens a data folder's index, asks the questions of the evals' tuning halves and prints what was measured. */
const WARM_UP = 100;

const [dataFolder = ''] = process.argv.slice(2);
const onDegraded = (error: unknown) => {
  throw error;
};
const embeddingModel = new EmbeddingModel({});
const began = process.cpuUsage();
const index = await openCurrentIndex(dataFolder);
const openSeconds = millisecondsSince(began) / 1000;
const cases = await readEvalCases(path.join(packageRoot, 'evals', 'cases'));
const questions = [...new Set(cases.filter(({ half }) => half === 'tuning').map(({ question }) => question))];

const retrieval: number[] = [];
const answer: number[] = [];
for (const [number, question] of questions.entries()) {
  const understood = understandQuestion(question, index);
  const times = [
    await timeOf(() => retrievePassages({ index, embeddingModel }, understood, {}, onDegraded)),
    await timeOf(() => answerTo(question)),
  ];
  if (number < WARM_UP) continue;
  retrieval.push(times[0] ?? 0);
  answer.push(times[1] ?? 0);
}
collectGarbage();
const { counts, embedding } = index.manifest;
const measurement: ServingMeasurement = {
  paragraphs: counts.paragraphs,
  chunks: counts.chunks,
  sentences: counts.sentences,
  dimensions: embedding.dimension,
  indexBytes: await fileSizes(generationFolder(dataFolder, index.manifest.generation)),
  residentBytes: process.memoryUsage().rss,
  openSeconds,
  retrieval: summed(retrieval),
  answer: summed(answer),
};
console.log(JSON.stringify(measurement));

async function answerTo(question: string): Promise<void> {
  for await (const _ of answerQuestion({ question }, { index, embeddingModel, publicUrl: 'http://localhost', onDegraded }));
}

async function timeOf(act: () => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage();
  await act();
  return millisecondsSince(start);
}

function millisecondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function summed(times: readonly number[]): ServingMeasurement['answer'] {
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  return { median: quantile(times, 0.5), p99: quantile(times, 0.99), mean };
}

async function fileSizes(folder: string): Promise<Record<string, number>> {
  const names = await readdir(folder);
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, (await stat(path.join(folder, name))).size] as const)));
}
