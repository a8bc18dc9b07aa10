import { HashedEmbeddings } from '../embedding/hashed-embeddings.ts';
import { LexicalIndex } from '../index/lexical-index.ts';
import type { GenerationParts } from '../index/publish-generation.ts';
import { packQuestionTables } from '../index/tables/question-tables.ts';
import { VectorIndex } from '../index/vector-index.ts';
import { chunkParagraphs } from '../structure/chunk-paragraphs.ts';
import { buildConceptNameTables } from '../text/concept-names.ts';
import { normalizeText } from '../text/normalize-text.ts';
import { tokenizeText } from '../text/tokenize-text.ts';
import { documentOf } from './sample-document.ts';

const concepts = buildConceptNameTables([{ concept: 'energy', 'zh-Hans': ['能源'], en: ['energy'], ru: [], kk: [], isName: false }]);

const termsOf = (text: string) => ({
  ...tokenizeText(normalizeText(text)),
  meaningSources: new Map([['#energy', 1]]),
  rendering: new Map<string, number>(),
  sound: new Map<string, number>(),
});

/** What a generation is made of, from texts by documentId; without the dictionary, which takes seconds to read. */
export async function generationParts(texts: Record<string, string>): Promise<GenerationParts> {
  const documents = Object.entries(texts).map(([documentId, text]) => documentOf(text, documentId));
  const chunks = documents.flatMap(chunkParagraphs);
  const textOf = (chunk: (typeof chunks)[number], { start, end } = { start: chunk.start, end: chunk.end }) => {
    const document = documents.find(({ documentId }) => documentId === chunk.documentId);
    return document?.paragraphs.find(({ paragraphId }) => paragraphId === chunk.paragraphId)?.text.slice(start, end) ?? '';
  };
  const vectors = await new HashedEmbeddings().embedDocuments(chunks.map((chunk) => textOf(chunk)));
  return {
    documents,
    chunks,
    ...packQuestionTables({
      concepts,
      bridges: [['火车', [['en:railwai', 1]]]],
      englishStems: ['railwai'],
      nameSounds: { syllables: [['能', 'neng']], nameCharacters: ['斯'] },
    }),
    lexicalIndex: LexicalIndex.build(
      chunks.map((chunk) => ({
        sentences: chunk.sentences.map((span) => termsOf(textOf(chunk, span))),
        rendering: new Map(),
        keyword: new Map(),
      })),
      (source) => [[source, 1]],
    ),
    vectorIndex: VectorIndex.build(vectors, 'the test'),
    embeddingModel: 'test-model',
  };
}
