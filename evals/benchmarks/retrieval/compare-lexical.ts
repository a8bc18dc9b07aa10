import { LexicalIndex, type QueryTerm } from '../../../ingest/index/lexical-index.ts';
import type { BenchmarkTable } from '../benchmark-part.ts';
import { ratio, takeTurns } from '../take-turns.ts';
import { askForKnownItems } from './known-items.ts';
import { lexicalEngines, type PreparedQuestion, prepareQuestion } from './lexical-engines.ts';

const QUESTIONS = 300;
const WARM_UP = 100;
const SHOWN = 10;
/** How much words count beside pairs of characters: the retrieval study's weights. */
const WORD_WEIGHT = 0.5;

/** A question in all views of the index, as the product understands it. */
export type Understand = (question: string) => readonly QueryTerm[];

const inView = (view: QueryTerm['view'], terms: readonly string[], weight = 1) => terms.map((term): QueryTerm => ({ view, term, weight }));
const ofWords = ({ words }: PreparedQuestion) => inView('word', words);
const ofBoth = ({ words, bigrams }: PreparedQuestion) => [...inView('bigram', bigrams), ...inView('word', words, WORD_WEIGHT)];

/** Every engine finds known texts; the questions were cut into terms before. */
export async function compareLexical(texts: readonly string[], index: LexicalIndex, understand: Understand): Promise<BenchmarkTable> {
  const items = askForKnownItems(texts, QUESTIONS);
  const prepared = items.map(({ question }) => prepareQuestion(question));
  const understood = items.map(({ question }) => understand(question));
  const youju = (name: string, terms: readonly (readonly QueryTerm[])[]) => {
    // An index of its own: what one contestant has decoded helps no other.
    const own = LexicalIndex.fromBuffer(index.toBuffer());
    return { name, search: (question: number) => search(own, terms[question] ?? []) };
  };
  const engines = [
    youju('Youju, words and pairs of characters', prepared.map(ofBoth)),
    youju('Youju, words', prepared.map(ofWords)),
    youju('Youju, all seven views', understood),
    ...(await lexicalEngines()).map(({ name, index: fill }) => {
      const ask = fill(texts);
      return { name, search: (question: number) => ask(prepared[question] ?? { words: [], bigrams: [], trigrams: [] }, SHOWN) };
    }),
  ];
  const found = engines.map(() => ({ first: 0, shown: 0 }));
  const times = await takeTurns(
    engines.map(({ name, search: ask }, number) => ({
      name,
      ask: (question) => {
        const places = ask(question);
        const rank = places.findIndex((place) => items[question]?.places.has(place));
        const tally = found[number];
        if (tally && rank === 0) tally.first++;
        if (tally && rank >= 0) tally.shown++;
      },
    })),
    { questions: items.length, warmUp: WARM_UP },
  );
  const percent = (count: number) => ((100 * count) / items.length).toFixed(1);
  return {
    caption: `Lexical search alone, ${texts.length} paragraphs`,
    columns: ['engine', 'recall@1', `recall@${SHOWN}`, 'time of a search: median', 'p99'],
    rows: engines.map(({ name }, number) => [
      name,
      percent(found[number]?.first ?? 0),
      percent(found[number]?.shown ?? 0),
      ratio(times[number]?.median ?? 0, times[0]?.median ?? 1),
      ratio(times[number]?.p99 ?? 0, times[0]?.p99 ?? 1),
    ]),
  };
}

/** Chunks that share most words and pairs of characters with a question. */
export const searchWordsAndPairs = (index: LexicalIndex, question: string): number[] => search(index, ofBoth(prepareQuestion(question)));

const search = (index: LexicalIndex, terms: readonly QueryTerm[]): number[] =>
  index
    .rank(terms, { sentenceWeight: 0 })
    .toSorted((a, b) => b.share - a.share)
    .slice(0, SHOWN)
    .map(({ chunk }) => chunk);
