import type { AnsweringDependencies } from '../../../server/answering/answer-question.ts';
import { searchPassages } from '../../../server/answering/search-passages.ts';
import { recallAt } from '../../statement/metrics.ts';
import { searchWordsAndPairs } from '../retrieval/compare-lexical.ts';
import { type ParagraphSearch, retrievalEngines } from './retrieval-engines.ts';

/** Questions in one language, each with the places of the paragraphs that answer it. */
export type QuestionSet = { name: string; questions: { question: string; expected: number[] }[] };

/** Paragraphs to search, and Youju's own index over them. */
export type Contest = {
  paragraphs: string[];
  sets: QuestionSet[];
  dependencies: AnsweringDependencies;
  placeOf: (documentId: string, paragraphId: string) => number | undefined;
};

/** Recall per question set, and the median CPU time of a search in milliseconds. */
export type ContestResult = { engine: string; recall: Record<string, { at1: number; at5: number }>; medianMilliseconds: number };

const WARM_UP = 100;

/** Every engine gets the same paragraphs and questions; they take turns question by question, so that the machine's moods hit all alike. */
export async function compareRetrieval({ paragraphs, sets, dependencies, placeOf }: Contest): Promise<ContestResult[]> {
  const youju: ParagraphSearch = async (query, k) => {
    const passages = await searchPassages({ query, k }, dependencies);
    return passages.flatMap(({ documentId, paragraphId }) => placeOf(documentId, paragraphId) ?? []);
  };
  const { index: ownIndex } = dependencies;
  const wordsAndPairs: ParagraphSearch = (query, k) =>
    searchWordsAndPairs(ownIndex.lexicalIndex, query)
      .flatMap((chunk) => placeOf(ownIndex.chunks.documentIdOf(chunk), ownIndex.chunks.paragraphIdOf(chunk)) ?? [])
      .slice(0, k);
  const engines = [
    { name: 'Youju, no key', search: youju },
    { name: 'Youju’s lexical index, words and pairs of characters alone', search: wordsAndPairs },
  ];
  for (const { name, index } of await retrievalEngines()) engines.push({ name, search: await index(paragraphs) });

  const all = sets.flatMap(({ questions }) => questions);
  for (const { search } of engines) for (let turn = 0; turn < WARM_UP; turn++) await search(all[turn % all.length]?.question ?? '', 5);

  const results = engines.map(({ name }): ContestResult & { times: number[] } => ({
    engine: name,
    recall: {},
    medianMilliseconds: 0,
    times: [],
  }));
  for (const { name, questions } of sets) {
    const found = engines.map(() => ({ at1: 0, at5: 0 }));
    for (const { question, expected } of questions) {
      for (const [number, { search }] of engines.entries()) {
        const start = process.cpuUsage();
        const places = await search(question, 5);
        const { user, system } = process.cpuUsage(start);
        results[number]?.times.push((user + system) / 1000);
        const names = places.map(String);
        const tally = found[number];
        if (tally) tally.at1 += expected.includes(places[0] ?? -1) ? 1 : 0;
        if (tally) tally.at5 += recallAt(5, expected.map(String), names);
      }
    }
    for (const [number, tally] of found.entries()) {
      const result = results[number];
      if (result) result.recall[name] = { at1: tally.at1 / questions.length, at5: tally.at5 / questions.length };
    }
  }
  return results.map(({ times, ...result }) => ({
    ...result,
    medianMilliseconds: times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0,
  }));
}
