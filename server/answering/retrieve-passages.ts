import type { EmbeddingModel } from '../../ingest/embedding/embedding-model.ts';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import type { UnderstoodQuestion } from '../question/understand-question.ts';
import { type AnswerObserver, timeWaitingStage, UNOBSERVED } from './answer-observer.ts';

/** A chunk retrieved for a question; `similarity` in 0…1, higher is better. */
export type Passage = { chunk: number; documentId: string; paragraphId: string; similarity: number };

/** Where passages may come from; an empty filter allows everything. */
export type PassageFilter = { documentId?: string; paragraphIds?: ReadonlySet<string> };

/**
 * How much the vectors count beside the lexical score. Linear fusion with a small weight beat reciprocal-rank fusion on every
 * set of the retrieval study. The embedded default knows Chinese only; an endpoint's model knows every language, and its
 * weight is an untuned guess (no endpoint was at hand to measure).
 */
const LOCAL_VECTOR_WEIGHT = 0.2;
const REMOTE_VECTOR_WEIGHT = 0.6;
const VECTOR_CANDIDATES = 128;

/** How much a passage's best sentence counts beside the whole: what stands together answers better than what is scattered. */
const SENTENCE_WEIGHT = 0.4;

/** `signal` ends what the embedding endpoint is asked. */
export type Retriever = { index: OpenIndex; embeddingModel: EmbeddingModel; observer?: AnswerObserver; signal?: AbortSignal };

/**
 * One ranked list, best first, at most one passage a paragraph: BM25 over all views as a share of what the question could
 * reach, fused with the cosine of the embeddings. Passages that share nothing with the question are left out.
 * When the embedding endpoint fails, the lexical side answers alone and `onDegraded` is told.
 */
export const retrievePassages = (
  retriever: Retriever,
  question: UnderstoodQuestion,
  filter: PassageFilter,
  onDegraded: (error: unknown) => void,
): Promise<Passage[]> =>
  timeWaitingStage(retriever.observer ?? UNOBSERVED, 'retrieve', () => rankPassages(retriever, question, filter, onDegraded));

async function rankPassages(
  retriever: Retriever,
  question: UnderstoodQuestion,
  filter: PassageFilter,
  onDegraded: (error: unknown) => void,
): Promise<Passage[]> {
  const { index, embeddingModel } = retriever;
  const { scores, reachable } = index.chunkIndex.score(question.terms);
  const bestSentences = scoreBestSentences(index, question);
  const vectorWeight = embeddingModel.isLocal ? localWeight(question.embeddingText) : REMOTE_VECTOR_WEIGHT;
  const cosines = vectorWeight === 0 ? new Map<number, number>() : await searchVectors(retriever, question.embeddingText, onDegraded);
  const best = new Map<string, Passage>();
  for (const [chunk, { documentId, paragraphId }] of index.chunks.entries()) {
    if (!isAllowed(filter, documentId, paragraphId)) continue;
    const lexical = reachable > 0 ? (scores[chunk] ?? 0) / reachable : 0;
    const similarity =
      (lexical + vectorWeight * (cosines.get(chunk) ?? 0) + SENTENCE_WEIGHT * (bestSentences[chunk] ?? 0)) /
      (1 + vectorWeight + SENTENCE_WEIGHT);
    const key = `${documentId}#${paragraphId}`;
    if (similarity > (best.get(key)?.similarity ?? 0)) best.set(key, { chunk, documentId, paragraphId, similarity });
  }
  return [...best.values()].toSorted((a, b) => b.similarity - a.similarity || a.chunk - b.chunk);
}

/** Per chunk, the score of its best sentence as a share of what the question could reach. */
function scoreBestSentences(index: OpenIndex, question: UnderstoodQuestion): Float32Array {
  const { scores, reachable } = index.sentenceIndex.score(question.terms);
  const best = new Float32Array(index.chunks.length);
  for (const [sentence, { chunk }] of index.sentences.entries()) {
    const share = reachable > 0 ? (scores[sentence] ?? 0) / reachable : 0;
    if (share > (best[chunk] ?? 0)) best[chunk] = share;
  }
  return best;
}

const localWeight = (text: string) => (/\p{Script=Han}/u.test(text) ? LOCAL_VECTOR_WEIGHT : 0);

async function searchVectors(
  { index, embeddingModel, observer = UNOBSERVED, signal }: Retriever,
  text: string,
  onDegraded: (error: unknown) => void,
) {
  try {
    const vector = await timeWaitingStage(observer, 'embed', () => embeddingModel.embedQuestion(text, signal));
    return new Map(index.vectorIndex.search(vector, VECTOR_CANDIDATES).map(({ unit, similarity }) => [unit, similarity]));
  } catch (error) {
    // A client that left is no fault of the endpoint's.
    if (!signal?.aborted) onDegraded(error);
    return new Map<number, number>();
  }
}

function isAllowed({ documentId, paragraphIds }: PassageFilter, candidateDocument: string, paragraphId: string): boolean {
  return (documentId === undefined || documentId === candidateDocument) && (paragraphIds === undefined || paragraphIds.has(paragraphId));
}
