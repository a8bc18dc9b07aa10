import { HashedEmbeddings } from '../embedding/hashed-embeddings.ts';
import type { GenerationParts } from '../index/publish-generation.ts';
import { packQuestionTables } from '../index/tables/question-tables.ts';
import { chunkParagraphs } from '../structure/chunk-paragraphs.ts';
import { buildConceptNameTables } from '../text/concept-names.ts';
import { normalizeText } from '../text/normalize-text.ts';
import { tokenizeText } from '../text/tokenize-text.ts';
import { buildLexicalIndex, buildVectorIndex } from './build-index.ts';
import { documentOf } from './sample-document.ts';

const concepts = buildConceptNameTables([{ concept: 'energy', 'zh-Hans': ['能源'], en: ['energy'], ru: [], kk: [], isName: false }]);

const termsOf = (text: string) => ({
  ...tokenizeText(normalizeText(text)),
  meaningSources: ['#energy'],
  rendering: [],
  sound: [],
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
      nameSounds: { syllables: new Map([['能', 'neng']]), nameCharacters: new Set(['斯']) },
    }),
    lexicalIndex: buildLexicalIndex(
      chunks.map((chunk) => ({
        sentences: chunk.sentences.map((span) => termsOf(textOf(chunk, span))),
        rendering: [],
        keyword: [],
      })),
      (source) => [[source, 1]],
    ),
    vectorIndex: buildVectorIndex(vectors),
    embeddingModel: 'test-model',
    readings: {},
  };
}
