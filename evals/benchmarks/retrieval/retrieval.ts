import { EmbeddingModel } from '../../../ingest/embedding/embedding-model.ts';
import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import type { VectorIndex } from '../../../ingest/index/vector-index.ts';
import { understandQuestion } from '../../../server/question/understand-question.ts';
import { withGeneratedIndex } from '../../scale/generated-index.ts';
import type { BenchmarkPart, BenchmarkTable } from '../benchmark-part.ts';
import { compareLexical } from './compare-lexical.ts';
import { compareLoading } from './compare-loading.ts';
import { compareWhole } from './compare-whole.ts';

const SIZES = [1_000, 10_000, 100_000];
const embeddingModel = new EmbeddingModel({});

export const retrieval: BenchmarkPart = {
  title: 'Speed and memory of retrieval',
  about: `On made-up documents of ten paragraphs: the statement's sentences put together anew, with dates and numbers of their own (\`evals/scale\`, seed 7).
Times are CPU times of this process; engines take turns, question by question, after 100 questions of warm-up, and no question is asked twice.

Lexical search alone: every engine gets the same texts and looks for known ones among them, by three words of each of their sentences (any text that has all these is as right); the question is cut
into terms beforehand, so that only searching is timed. MiniSearch and FTS5 are set up as one would for Chinese: normalised text, in the words of
the same segmenter that Youju uses; MiniSearch once more with the pairs of characters that Youju searches; FTS5 also with its trigrams, in memory.
“All seven views” is what an answer takes: meanings, sounds and single characters, too.

Whole retrieval: the question's embedding, the search of vectors and the lexical one, put together; beside hnswlib-node's search of ten neighbours
in vectors of 256 dimensions, as wide as a recall of 0.95 takes. The questions are those of the evals' tuning halves, in five languages.`,
  measure: async ({ paragraphs }) => {
    const tables: BenchmarkTable[] = [];
    for (const size of SIZES.filter((count) => count <= paragraphs))
      tables.push(...(await withGeneratedIndex(size, embeddingModel, compareAt)));
    return tables;
  },
};

async function compareAt(index: OpenIndex<VectorIndex>): Promise<BenchmarkTable[]> {
  const texts = Array.from(
    index.chunks,
    ({ documentId, paragraphId, start, end }) => index.paragraph(documentId, paragraphId)?.text.slice(start, end) ?? '',
  );
  const understand = (question: string) => understandQuestion(question, index).terms;
  return [
    await compareLexical(texts, index.lexicalIndex, understand),
    await compareLoading(texts, index.lexicalIndex, understand),
    await compareWhole(index, embeddingModel),
  ];
}
