import { parentPort, workerData } from 'node:worker_threads';
import { loadJieba } from '../text/chinese/segment-words.ts';
import { type AnalysisDictionary, ChunkAnalyst, type ChunkText } from './analyse-chunks.ts';
import { buffersOf } from './analysis-threads.ts';

/** Analyses batches of chunks for the ingest, one after another; beside it, the main thread adds vectors to the index. */
const dictionary: AnalysisDictionary = workerData;
await loadJieba();
const analyst = new ChunkAnalyst(dictionary);

parentPort?.on('message', (chunks: ChunkText[]) => {
  const analysed = analyst.analyse(chunks);
  parentPort?.postMessage(analysed, buffersOf(analysed));
});
