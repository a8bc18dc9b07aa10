import path from 'node:path';
import { EmbeddingModel } from '../../../ingest/embedding/embedding-model.ts';
import { FolderStore } from '../../../ingest/index/folder-store.ts';
import { ingestDocuments } from '../../../ingest/ingest-documents.ts';
import { documentsFolder, termsFolder } from '../../../ingest/package-root.ts';
import { withTemporaryFolder } from '../../eval-index.ts';
import { withGeneratedDocuments } from '../../scale/generated-index.ts';
import type { BenchmarkPart, BenchmarkTable } from '../benchmark-part.ts';
import { compareHttp } from './compare-http.ts';

const GENERATED_PARAGRAPHS = 10_000;
const embeddingModel = new EmbeddingModel({});

export const http: BenchmarkPart = {
  title: 'Answers over HTTP',
  about: `The compiled server with all its middleware (security headers, validation, metrics, log, admission, a rate limit that counts but refuses nobody),
asked at \`/api/ask\`, beside a bare echo of Express 5: \`express.json()\` and \`response.json(request.body)\`. Each is a process of its own; one client
asks them the same questions in turn, so many at a time, after 4,000 questions of warm-up. The ratio is the median over seven rounds of 2,000;
by CPU time, what other processes do on the machine matters less. The
questions are the beginnings and ends of those of the evals' tuning half put together anew, in five languages by turns: no question is asked twice,
but their words are. “Asked again” is the same question a second time, which is answered from memory. Extracts; no chat model.`,
  measure: async ({ paragraphs }) => {
    const tables = [await compareOn('The statement', [documentsFolder])];
    if (paragraphs < GENERATED_PARAGRAPHS) return tables;
    const generated = await withGeneratedDocuments(GENERATED_PARAGRAPHS, embeddingModel, (folder) =>
      compareOn('10,000 made-up paragraphs', [folder]),
    );
    return [...tables, generated];
  },
};

const compareOn = (caption: string, paths: string[]): Promise<BenchmarkTable> =>
  withTemporaryFolder(async (folder) => {
    const dataFolder = path.join(folder, 'data');
    await ingestDocuments({ paths, termFolder: termsFolder, store: new FolderStore(dataFolder), embeddingModel });
    const comparisons = await compareHttp(dataFolder, folder);
    return {
      caption,
      columns: [
        'questions',
        'connections',
        'Youju / echo',
        'by CPU time',
        'answers a second',
        'echoes a second',
        'the client’s share of a core, at most',
      ],
      rows: comparisons.map(({ cached, connections, ratio, cpuRatio, youjuPerSecond, echoPerSecond, ownCpu }) => [
        cached ? 'asked again' : 'new',
        String(connections),
        ratio.toFixed(2),
        cpuRatio.toFixed(2),
        youjuPerSecond.toFixed(0),
        echoPerSecond.toFixed(0),
        ownCpu.toFixed(2),
      ]),
    };
  });
