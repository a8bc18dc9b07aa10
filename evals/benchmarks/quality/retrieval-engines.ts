import { MemoryVectorStore } from '@langchain/classic/vectorstores/memory';
import { Document } from '@langchain/core/documents';
import { create, insertMultiple, search } from '@orama/orama';
import { createTokenizer } from '@orama/tokenizers/mandarin';
import { HashedEmbeddings } from '../../../ingest/embedding/hashed-embeddings.ts';
import { normalizeText } from '../../../ingest/text/normalize-text.ts';
import { lexicalEngines, prepareQuestion } from '../retrieval/lexical-engines.ts';

/** Finds the places of the `k` best paragraphs for a question, best first. */
export type ParagraphSearch = (question: string, k: number) => Promise<number[]> | number[];

/** An engine that a user might pick instead, with the best set-up for Chinese that we found. */
export type RetrievalEngine = { name: string; index: (paragraphs: readonly string[]) => Promise<ParagraphSearch> };

/** Orama with its Mandarin tokenizer over our normalised text; matches of any word count (threshold 1). */
const orama: RetrievalEngine = {
  name: 'Orama 3, Mandarin tokenizer, normalised',
  index: async (paragraphs) => {
    const database = create({ schema: { text: 'string' } as const, components: { tokenizer: createTokenizer() } });
    await insertMultiple(
      database,
      paragraphs.map((text, id) => ({ id: String(id), text: normalizeText(text) })),
    );
    return async (question, k) => {
      const { hits } = await search(database, { term: normalizeText(question), limit: k, threshold: 1 });
      return hits.map(({ id }) => Number(id));
    };
  },
};

/** LangChain's in-memory vector store with the same embedding that Youju's vector index holds. */
const memoryVectorStore: RetrievalEngine = {
  name: 'LangChain MemoryVectorStore, same embedding',
  index: async (paragraphs) => {
    const store = new MemoryVectorStore(new HashedEmbeddings());
    await store.addDocuments(paragraphs.map((pageContent, id) => new Document({ pageContent, metadata: { id } })));
    return async (question, k) => (await store.similaritySearch(question, k)).map(({ metadata }) => Number(metadata['id']));
  },
};

/** What is compared with; those that are compared for speed, too, are set up as they are there. */
export const retrievalEngines = async (): Promise<RetrievalEngine[]> => [
  memoryVectorStore,
  orama,
  ...(await lexicalEngines()).map(
    ({ name, index }): RetrievalEngine => ({
      name,
      index: (paragraphs) => {
        const search = index(paragraphs);
        return Promise.resolve((question, k) => search(prepareQuestion(question), k));
      },
    }),
  ),
];
