import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddingModel } from '../../../ingest/embedding/embedding-model.ts';
import { FolderStore } from '../../../ingest/index/folder-store.ts';
import { ingestDocuments } from '../../../ingest/ingest-documents.ts';
import { documentsFolder, packageRoot, termsFolder } from '../../../ingest/package-root.ts';
import { withTemporaryFolder } from '../../eval-index.ts';
import { withGeneratedDocuments } from '../../scale/generated-index.ts';
import type { BenchmarkPart } from '../benchmark-part.ts';
import { quantile, ratio } from '../take-turns.ts';

const ROUNDS = 9;
const embeddingModel = new EmbeddingModel({});

export const start: BenchmarkPart = {
  title: 'Start',
  about: `From spawning the process until \`/readyz\` answers 200, with an index on the disk: the server that \`npm start\` starts beside the hello of Express 5, in turn.
Medians of ${ROUNDS} rounds, by the clock.`,
  measure: async ({ paragraphs }) => [
    {
      columns: ['index', 'Youju / Express hello', 'lowest of the rounds', 'highest'],
      rows: [
        await startOn('the statement', [documentsFolder]),
        await withGeneratedDocuments(paragraphs, embeddingModel, (folder) =>
          startOn(`${paragraphs.toLocaleString('en')} made-up paragraphs`, [folder]),
        ),
      ],
    },
  ],
};

const startOn = (name: string, paths: string[]): Promise<string[]> =>
  withTemporaryFolder(async (dataFolder) => {
    await ingestDocuments({ paths, termFolder: termsFolder, store: new FolderStore(dataFolder), embeddingModel });
    const ratios: number[] = [];
    // The first round only brings the files into the system's memory.
    for (let round = 0; round <= ROUNDS; round++) {
      const hello = await timeToReady('evals/benchmarks/start/hello-program.js');
      const youju = await timeToReady('bundle/start.cjs', { PORT: '0', DATA_DIR: dataFolder });
      if (round > 0) ratios.push(youju / hello);
    }
    return [name, ...[0.5, 0, 1].map((share) => ratio(quantile(ratios, share), 1))];
  });

/** Milliseconds until a compiled program is ready; it is ended then. It must print where it “answers at”. */
async function timeToReady(program: string, environment: Record<string, string> = {}): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, [path.join(packageRoot, 'dist', program)], {
    cwd: packageRoot,
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  try {
    for await (const line of createInterface(child.stdout)) {
      const port = /answers at http:\/\/[^:]+:(\d+)/u.exec(line)?.[1];
      if (port === undefined) continue;
      while (!(await fetch(`http://127.0.0.1:${port}/readyz`)).ok) await delay(1);
      return performance.now() - began;
    }
    throw new Error(`${program} does not start: see what it printed above`);
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}
