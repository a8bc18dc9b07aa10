import { setImmediate } from 'node:timers/promises';
import type { EmbeddingModel } from '../../ingest/embedding/embedding-model.ts';
import type { RankedChunk, Ranking } from '../../ingest/index/lexical-index.ts';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import { YoujuError } from '../../ingest/youju-error.ts';
import type { UnderstoodQuestion } from '../question/understand-question.ts';
import { type AnswerObserver, timeWaitingStage, UNOBSERVED } from './answer-observer.ts';

/** A chunk retrieved for a question; `similarity` in 0…1, higher is better. */
export type Passage = { chunk: number; documentId: string; paragraphId: string; similarity: number };

/** Where passages may come from; an empty filter allows everything. */
export type PassageFilter = { documentIds?: readonly string[]; paragraphIds?: ReadonlySet<string> };

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

/** Passages that are kept: more than any page shows, and than any part of a document has paragraphs. */
const MOST_PASSAGES = 256;

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
  const vectorWeight = embeddingModel.isLocal ? localWeight(question.embeddingText) : REMOTE_VECTOR_WEIGHT;
  const rank: Rank = (ranking) => index.lexicalIndex.rank(question.terms, { sentenceWeight: SENTENCE_WEIGHT, ...ranking });
  const search = async () =>
    vectorWeight === 0 ? new Map<number, number>() : searchVectors(retriever, question.embeddingText, onDegraded);
  const isElsewhere = vectorWeight > 0 && !(embeddingModel.isLocal && index.vectorIndex.isLocal);
  const [cosines, ranked] = await (isElsewhere ? rankMeanwhile : rankAfter)(search, rank, index, filter);
  const fused = ranked.map(({ chunk, share }) => ({
    chunk,
    similarity: (share + vectorWeight * (cosines.get(chunk) ?? 0)) / (1 + vectorWeight + SENTENCE_WEIGHT),
  }));
  return bestOfParagraphs(
    index,
    fused.toSorted((a, b) => b.similarity - a.similarity || a.chunk - b.chunk),
  );
}

type Rank = (ranking: Pick<Ranking, 'only' | 'also'>) => RankedChunk[];
type Search = () => Promise<Map<number, number>>;

/** Ranks the words once the vectors were searched, and what these found with them: scored behind it, that takes a fifth longer at 1,000 paragraphs. */
async function rankAfter(search: Search, rank: Rank, index: OpenIndex, filter: PassageFilter) {
  const cosines = await search();
  return [cosines, rank({ only: chunksAllowed(index, filter), also: new Set(allowedAmong(cosines.keys(), index, filter)) })] as const;
}

/** Ranks the words while the vectors are searched elsewhere, and behind it what only these found. */
async function rankMeanwhile(search: Search, rank: Rank, index: OpenIndex, filter: PassageFilter) {
  const ranking = setImmediate().then(() => rank({ only: chunksAllowed(index, filter) }));
  const [cosines, ranked] = await Promise.all([search(), ranking]);
  const isRanked = new Set(ranked.map(({ chunk }) => chunk));
  const others = allowedAmong(cosines.keys(), index, filter).filter((chunk) => !isRanked.has(chunk));
  if (others.length > 0) ranked.push(...rank({ only: others.toSorted((a, b) => a - b) }));
  return [cosines, ranked] as const;
}

/** The best chunk of each paragraph, of chunks that come best first. */
function bestOfParagraphs(index: OpenIndex, ranked: readonly Pick<Passage, 'chunk' | 'similarity'>[]): Passage[] {
  const best = new Map<number, Passage>();
  for (const { chunk, similarity } of ranked) {
    if (similarity === 0 || best.size === MOST_PASSAGES) break;
    const paragraph = index.firstChunkOf(chunk);
    if (best.has(paragraph)) continue;
    best.set(paragraph, {
      chunk,
      documentId: index.chunks.documentIdOf(chunk),
      paragraphId: index.chunks.paragraphIdOf(chunk),
      similarity,
    });
  }
  return [...best.values()];
}

const localWeight = (text: string) => (/\p{Script=Han}/u.test(text) ? LOCAL_VECTOR_WEIGHT : 0);

async function searchVectors(
  { index, embeddingModel, observer = UNOBSERVED, signal }: Retriever,
  text: string,
  onDegraded: (error: unknown) => void,
): Promise<Map<number, number>> {
  try {
    const vector = await timeWaitingStage(observer, 'embed', () => embeddingModel.embedQuestion(text, signal));
    const nearest = await index.vectorIndex.search(vector, VECTOR_CANDIDATES, signal);
    return new Map(nearest.map(({ unit, similarity }) => [unit, similarity]));
  } catch (error) {
    // Without its store a server does not know what the others know: it answers not by half, but not at all.
    if (error instanceof YoujuError && error.code === 'store-unavailable') throw error;
    // A client that left is no fault of the endpoint's.
    if (!signal?.aborted) onDegraded(error);
    return new Map();
  }
}

/** The chunks that a filter lets through, ascending; `undefined` for all. */
function chunksAllowed(index: OpenIndex, filter: PassageFilter): number[] | undefined {
  const { documentIds, paragraphIds } = filter;
  if (documentIds === undefined && paragraphIds === undefined) return undefined;
  const spans = documentIds?.map((documentId) => index.chunksOf(documentId)) ?? [{ start: 0, end: index.chunks.length }];
  const allowed: number[] = [];
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start))
    for (let chunk = start; chunk < end; chunk++) if (isAllowed(index, { paragraphIds }, chunk)) allowed.push(chunk);
  return allowed;
}

const allowedAmong = (chunks: Iterable<number>, index: OpenIndex, filter: PassageFilter) =>
  [...chunks].filter((chunk) => isAllowed(index, filter, chunk));

function isAllowed(index: OpenIndex, { documentIds, paragraphIds }: PassageFilter, chunk: number): boolean {
  if (documentIds !== undefined && !documentIds.includes(index.chunks.documentIdOf(chunk))) return false;
  return paragraphIds === undefined || paragraphIds.has(index.chunks.paragraphIdOf(chunk));
}
