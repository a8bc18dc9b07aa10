import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EmbeddingModel } from '../ingest/embedding/embedding-model.ts';
import { openCurrentIndex } from '../ingest/index/open-generation.ts';
import { ingestDocuments } from '../ingest/ingest-documents.ts';
import { documentsFolder, packageRoot, termsFolder } from '../ingest/package-root.ts';
import { checkThresholds, readThresholds, type ThresholdCheck } from './check-thresholds.ts';
import { readEvalCases } from './eval-case.ts';
import { type CaseResult, runCases } from './run-cases.ts';

export type Evaluation = { reporting: CaseResult[]; tuning: CaseResult[]; checks: ThresholdCheck[] };

/**
 * Asks all cases of the product as a visitor without a key meets it: the repository's documents, freshly ingested, embedded
 * default, extracts. The bars apply to the reporting half.
 */
export async function evaluate(): Promise<Evaluation> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'youju-evals-'));
  try {
    const embeddingModel = new EmbeddingModel({});
    await ingestDocuments({ paths: [documentsFolder], termFolder: termsFolder, dataFolder, embeddingModel });
    const index = await openCurrentIndex(dataFolder);
    const cases = await readEvalCases(path.join(packageRoot, 'evals', 'cases'));
    const onDegraded = (error: unknown) => {
      throw error;
    };
    const results = await runCases(cases, { index, embeddingModel, publicUrl: 'http://localhost', onDegraded });
    const inHalf = (half: string) => results.filter(({ evalCase }) => evalCase.half === half);
    const thresholds = await readThresholds(path.join(packageRoot, 'evals', 'thresholds.json'));
    return { reporting: inHalf('reporting'), tuning: inHalf('tuning'), checks: checkThresholds(inHalf('reporting'), thresholds) };
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
}
