import path from 'node:path';
import { EmbeddingModel } from '../../../ingest/embedding/embedding-model.ts';
import { FolderStore } from '../../../ingest/index/folder-store.ts';
import { ingestDocuments } from '../../../ingest/ingest-documents.ts';
import { documentsFolder, termsFolder } from '../../../ingest/package-root.ts';
import { withTemporaryFolder } from '../../eval-index.ts';
import type { BenchmarkPart } from '../benchmark-part.ts';
import { compareStreaming } from './compare-streaming.ts';

export const streaming: BenchmarkPart = {
  title: 'Streaming through the chat model',
  about: `A scripted model on loopback, asked directly, through \`/api/ask\` (events) and through a raw gateway that pipes bytes, in turn. Youju shows whole
verified sentences, so what is compared is the time until the first whole sentence is there: directly, its line is complete; through Youju, it was
verified and sent. There the model takes 3 ms a token, and the time that it took is left out of “later by”. What is streamed in a second is measured on
twelve sentences that it sends as fast as it can. Youju has answered 300 other questions before, the gateway those of them that are put to the model once.`,
  measure: () =>
    withTemporaryFolder(async (folder) => {
      const dataFolder = path.join(folder, 'data');
      const embeddingModel = new EmbeddingModel({});
      await ingestDocuments({ paths: [documentsFolder], termFolder: termsFolder, store: new FolderStore(dataFolder), embeddingModel });
      const { upstreamFirst, youjuFirst, later, gatewayLater, throughput } = await compareStreaming(dataFolder, folder);
      const milliseconds = (value: number) => `${value.toFixed(1)} ms`;
      return [
        {
          columns: [
            'first sentence, directly',
            'through Youju',
            'later by',
            'through the raw gateway later by',
            'tokens a second, Youju / raw gateway',
          ],
          rows: [[...[upstreamFirst, youjuFirst, later, gatewayLater].map(milliseconds), throughput.toFixed(2)]],
        },
      ];
    }),
};
