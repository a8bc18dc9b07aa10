import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { EmbeddingModel } from '../../../ingest/embedding/embedding-model.ts';
import { documentsFolder } from '../../../ingest/package-root.ts';
import { withTemporaryFolder } from '../../eval-index.ts';
import { withGeneratedDocuments } from '../generated-index.ts';
import { type IngestMeasurement, ingestMeasurementSchema, type SizeMeasurement, servingMeasurementSchema } from './size-measurement.ts';

/** Made-up collections; the statement itself is the smallest size. */
const SIZES = [1_000, 10_000, 100_000];

/** Ingests and asks collections of growing size, each in processes of its own, so that one's memory is none of another's. */
export async function measureGrowth(most: number): Promise<SizeMeasurement[]> {
  const sizes = [await measureFolder(documentsFolder)];
  for (const paragraphs of SIZES.filter((size) => size <= most))
    sizes.push(await withGeneratedDocuments(paragraphs, new EmbeddingModel({}), measureFolder));
  return sizes;
}

const measureFolder = (documents: string): Promise<SizeMeasurement> =>
  withTemporaryFolder(async (dataFolder) => {
    const ingest = await measureIngest(documents, dataFolder);
    return { ...servingMeasurementSchema.parse(await runProgram('serving-program.js', [dataFolder])), ingest };
  });

/** Ingests a folder in a process of its own. */
export const measureIngest = async (documents: string, dataFolder: string): Promise<IngestMeasurement> =>
  ingestMeasurementSchema.parse(await runProgram('ingest-program.js', [documents, dataFolder]));

/** What a program of this folder printed last. */
async function runProgram(name: string, parameters: string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [path.join(import.meta.dirname, name), ...parameters]);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}
