import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildLexicalIndex, type CountedChunk, type CountedSentence, spelledOut } from '../../testing/build-index.ts';
import { VIEWS, type View } from '../../text/tokenize-text.ts';
import type { QueryTerm } from '../lexical-index.ts';

const SENTENCE_WEIGHT = 0.4;
const CHUNKS = 5_500;
/** In so many of a thousand sentences each term stands: enough of them in more than a tenth to be looked up as columns. */
const TERMS = new Map(Object.entries({ 双方: 700, 合作: 450, 中方: 250, 能源: 130, 贸易: 90, 铁路: 40, 口岸: 12, 卫星: 3, 亚信: 1 }));
const SENTENCES = [1, 2, 3];

/** Looks like chance and is the same each time (the finaliser of MurmurHash3). */
function scatter(number: number): number {
  let state = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}

function sentenceOf(chunk: number, sentence: number): CountedSentence {
  const place = chunk * SENTENCES.length + sentence;
  const terms = new Map(
    [...TERMS].flatMap(([term, share], number) => {
      const drawn = scatter(place * TERMS.size + number);
      return drawn % 1000 < share ? [[term, 1 + (drawn % 7 === 0 ? 1 : 0)] as const] : [];
    }),
  );
  const none = new Map<string, number>();
  return {
    bigram: terms,
    unigram: none,
    word: terms,
    meaningSources: terms,
    rendering: none,
    sound: new Map([...terms.keys()].map((term) => [term, 1])),
  };
}

function* chunksOf(): Generator<CountedChunk> {
  for (let chunk = 0; chunk < CHUNKS; chunk++) {
    const sentences = SENTENCES.slice(chunk % SENTENCES.length).map((sentence) => sentenceOf(chunk, sentence));
    yield { sentences, rendering: new Map(), keyword: chunk % 100 === 0 ? new Map([['合作', 1]]) : new Map() };
  }
}

/** Every term means itself and cooperation, a little. */
const index = buildLexicalIndex([...chunksOf()].map(spelledOut), (term) => [
  [term, 1],
  ['合作关系', 0.3],
]);

/** Every chunk's share, the long way round. */
const sharesOf = (terms: readonly QueryTerm[]): Map<number, number> =>
  index.score(terms, (chunks, sentences) => {
    const shares = new Map<number, number>();
    for (const [chunk, score] of chunks.scores.entries()) {
      const { start, end } = index.sentencesOf(chunk);
      const best = Math.max(...sentences.scores.subarray(start, end));
      shares.set(chunk, score / chunks.reachable + (SENTENCE_WEIGHT * best) / sentences.reachable);
    }
    return shares;
  });

const best = (shares: Iterable<readonly [chunk: number, share: number]>, count: number) =>
  [...shares].toSorted(([one, a], [other, b]) => b - a || one - other).slice(0, count);

const query: fc.Arbitrary<QueryTerm[]> = fc.uniqueArray(
  fc.record({
    view: fc.constantFrom<View>(...VIEWS),
    term: fc.constantFrom(...TERMS.keys(), '合作关系', '火星'),
    weight: fc.double({ min: 0.3, max: 3, noNaN: true }),
  }),
  { minLength: 1, maxLength: 8, selector: ({ view, term }) => `${view}:${term}` },
);

describe('in a large index', () => {
  it('the best chunks are those that scoring everything finds', () => {
    fc.assert(
      fc.property(query, (terms) => {
        const ranked = index.rank(terms, { sentenceWeight: SENTENCE_WEIGHT });
        const found = best(
          ranked.map(({ chunk, share }) => [chunk, share] as const),
          10,
        ).filter(([, share]) => share > 0);
        const expected = best(sharesOf(terms), 10).filter(([, share]) => share > 0);
        // Chunks that share equally much may stand for one another.
        expect(found).toHaveLength(expected.length);
        for (const [rank, [, share]] of expected.entries()) expect(found[rank]?.[1]).toBeCloseTo(share, 4);
      }),
      { numRuns: 100 },
    );
  });

  it('of some chunks only, none else is ranked, and each as it deserves', () => {
    const only = fc
      .uniqueArray(fc.nat({ max: CHUNKS - 1 }), { minLength: 1, maxLength: 40 })
      .map((chunks) => chunks.toSorted((a, b) => a - b));
    fc.assert(
      fc.property(query, only, (terms, chunks) => {
        const shares = sharesOf(terms);
        const ranked = index.rank(terms, { sentenceWeight: SENTENCE_WEIGHT, only: chunks });
        expect(ranked.map(({ chunk }) => chunk).toSorted((a, b) => a - b)).toEqual(chunks);
        for (const { chunk, share } of ranked) expect(share).toBeCloseTo(shares.get(chunk) ?? -1, 4);
      }),
      { numRuns: 30 },
    );
  });

  it('a chunk that is to be ranked anyway is, whatever it shares', () => {
    const ranked = index.rank([{ view: 'word', term: '亚信', weight: 1 }], { sentenceWeight: SENTENCE_WEIGHT, also: new Set([7]) });
    expect(ranked.filter(({ chunk }) => chunk === 7)).toHaveLength(1);
  });

  it('frequencies are the same by column as by list', () => {
    const chunks = [...chunksOf()].slice(0, 50);
    for (const [chunk, { sentences }] of chunks.entries()) {
      const { start } = index.sentencesOf(chunk);
      const numbers = sentences.map((_, at) => start + at);
      for (const term of TERMS.keys()) {
        const expected = sentences.map(({ word }) => word.get(term) ?? 0);
        expect(index.sentences.frequencies('word', term, numbers)).toEqual(expected);
        expect(index.sentences.frequencies('meaning', term, numbers)).toEqual(expected);
        expect(index.chunks.frequencies('sound', term, [chunk])).toEqual([expected.some((frequency) => frequency > 0) ? 1 : 0]);
      }
    }
  });
});
