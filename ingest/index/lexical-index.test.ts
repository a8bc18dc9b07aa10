import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildLexicalIndex, type CountedChunk, type CountedSentence, spelledOut } from '../testing/build-index.ts';
import { VIEWS, type View } from '../text/tokenize-text.ts';
import { LexicalIndex, type QueryTerm } from './lexical-index.ts';

/** What the sources of meaning mean: one term each, or two, and both share one. */
const MEANINGS: Record<string, [term: string, weight: number][]> = {
  能: [['能', 1]],
  源: [
    ['能', 0.5],
    ['合', 0.25],
  ],
  合: [
    ['合', 1],
    ['作', 0.9],
  ],
};
const termsOf = (source: string) => MEANINGS[source] ?? [];

type Frequencies = Record<string, number>;
const sentenceOf = (views: Partial<Record<keyof CountedSentence, Frequencies>>): CountedSentence => ({
  bigram: new Map(Object.entries(views.bigram ?? {})),
  unigram: new Map(Object.entries(views.unigram ?? {})),
  word: new Map(Object.entries(views.word ?? {})),
  meaningSources: new Map(Object.entries(views.meaningSources ?? {})),
  rendering: new Map(Object.entries(views.rendering ?? {})),
  sound: new Map(Object.entries(views.sound ?? {})),
});
const chunkOf = (sentences: CountedSentence[], listed: { rendering?: Frequencies; keyword?: Frequencies } = {}): CountedChunk => ({
  sentences,
  rendering: new Map(Object.entries(listed.rendering ?? {})),
  keyword: new Map(Object.entries(listed.keyword ?? {})),
});

const letter = fc.constantFrom(...'能源合作');
const frequencies = fc.dictionary(letter, fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 255 })), {
  maxKeys: 4,
  noNullPrototype: true,
});
const once = fc.dictionary(letter, fc.constant(1), { maxKeys: 3, noNullPrototype: true });
const sentence = fc
  .record({
    bigram: frequencies,
    unigram: frequencies,
    word: frequencies,
    meaningSources: frequencies,
    rendering: frequencies,
    sound: once,
  })
  .map(sentenceOf);
const chunks = fc.array(
  fc
    .record({ sentences: fc.array(sentence, { minLength: 1, maxLength: 4 }), rendering: frequencies, keyword: frequencies })
    .map(({ sentences, ...listed }) => chunkOf(sentences, listed)),
  { maxLength: 8 },
);
const query: fc.Arbitrary<QueryTerm[]> = fc.array(
  fc.record({ view: fc.constantFrom(...VIEWS), term: letter, weight: fc.double({ min: 0.1, max: 3, noNaN: true }) }),
  { maxLength: 6 },
);

/** A unit’s frequencies, the long way round. */
function plainFrequencies(view: View, given: readonly CountedSentence[], chunk: CountedChunk, isChunk: boolean): Map<string, number> {
  if (view === 'keyword') return new Map(chunk.keyword);
  if (view === 'rendering' && isChunk) return new Map(chunk.rendering);
  const sums = new Map<string, number>();
  const add = (term: string, frequency: number) => sums.set(term, (sums.get(term) ?? 0) + frequency);
  for (const terms of given) {
    if (view !== 'meaning') for (const [term, frequency] of terms[view]) add(term, frequency);
    else
      for (const [source, frequency] of terms.meaningSources)
        for (const [term, weight] of termsOf(source)) add(term, Math.fround(weight) * frequency);
  }
  return view === 'sound' ? new Map([...sums.keys()].map((term) => [term, 1])) : sums;
}

const unitsOf = (given: readonly CountedChunk[], view: View) => ({
  chunks: given.map((chunk) => plainFrequencies(view, chunk.sentences, chunk, true)),
  sentences: given.flatMap((chunk) => chunk.sentences.map((terms) => plainFrequencies(view, [terms], chunk, false))),
});

/** BM25 by its textbook formula. */
function plainScores(given: readonly CountedChunk[], terms: readonly QueryTerm[], level: 'chunks' | 'sentences'): number[] {
  const scores = unitsOf(given, 'word')[level].map(() => 0);
  for (const { view, term, weight } of terms) {
    const units = unitsOf(given, view)[level];
    const lengths = units.map((unit) => [...unit.values()].reduce((sum, frequency) => sum + frequency, 0));
    const average = Math.max(1, lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, units.length));
    const found = units.filter((unit) => unit.has(term)).length;
    const idf = Math.log(1 + (units.length - found + 0.5) / (found + 0.5));
    for (const [at, unit] of units.entries()) {
      const frequency = unit.get(term) ?? 0;
      const score = (weight * idf * frequency * 1.9) / (frequency + 0.9 * (0.25 + (0.75 * (lengths[at] ?? 0)) / average));
      scores[at] = (scores[at] ?? 0) + (frequency === 0 ? 0 : score);
    }
  }
  return scores;
}

const build = (given: readonly CountedChunk[]) => buildLexicalIndex(given.map(spelledOut), termsOf);

const scoresOf = (index: LexicalIndex, terms: readonly QueryTerm[]) =>
  index.score(terms, (ofChunks, ofSentences) => structuredClone({ chunks: ofChunks, sentences: ofSentences }));

const words = (...given: Frequencies[]) => chunkOf(given.map((word) => sentenceOf({ word })));
const inWords = (term: string, weight = 1): QueryTerm[] => [{ view: 'word', term, weight }];

describe('BM25', () => {
  const index = build([words({ 能源: 1 }, { 能源: 1, 合作: 1 }), words({ 能源: 1 }), words({ 贸易: 2 })]);

  it('is what a pencil makes of three short chunks', () => {
    // 3 chunks of 2 words on average; 能源 stands in 2 of them: idf = ln(1 + 1.5 / 2.5) = 0.470004; × (k1 + 1) = 0.893007.
    const { scores, reachable } = scoresOf(index, inWords('能源')).chunks;
    expect(reachable).toBeCloseTo(0.893007, 5);
    expect(scores[0]).toBeCloseTo((0.893007 * 2) / (2 + 0.9 * (0.25 + 0.75 * 1.5)), 5);
    expect(scores[1]).toBeCloseTo((0.893007 * 1) / (1 + 0.9 * (0.25 + 0.75 * 0.5)), 5);
    expect(scores[2]).toBe(0);
  });

  it('weighs a rare word more than a frequent one, and scales with the weight of the term', () => {
    const frequent = scoresOf(index, inWords('能源')).chunks;
    expect(scoresOf(index, inWords('合作')).chunks.reachable).toBeGreaterThan(frequent.reachable);
    expect(scoresOf(index, inWords('能源', 2)).chunks.scores[0]).toBeCloseTo(2 * (frequent.scores[0] ?? 0), 5);
  });

  it('counts a word that no unit holds as reachable and gives nobody a score for it', () => {
    const { scores, reachable } = scoresOf(index, inWords('火星')).sentences;
    expect([...scores]).toEqual([0, 0, 0, 0]);
    expect(reachable).toBeGreaterThan(0);
  });

  it('keeps the views apart', () => {
    expect([...scoresOf(index, [{ view: 'meaning', term: '能源', weight: 1 }]).chunks.scores]).toEqual([0, 0, 0]);
  });

  it('takes a word to stand 255 times in a sentence at most', () => {
    const often = build([words({ 能源: 100_000 }), words({ 贸易: 1 })]);
    expect(often.sentences.frequencies('word', '能源', [0, 1])).toEqual([255, 0]);
  });

  it('of an empty index is empty', () => {
    expect(scoresOf(build([]), inWords('能源')).chunks.scores).toHaveLength(0);
  });
});

describe('any index', () => {
  it('scores chunks and sentences as the textbook does', () => {
    fc.assert(
      fc.property(chunks, query, (given, terms) => {
        const scores = scoresOf(build(given), terms);
        for (const level of ['chunks', 'sentences'] as const) {
          const plain = plainScores(given, terms, level);
          expect(scores[level].scores).toHaveLength(plain.length);
          for (const [unit, score] of plain.entries()) {
            expect(Math.abs((scores[level].scores[unit] ?? -1) - score)).toBeLessThanOrEqual(1e-5 * (1 + score));
            expect(score).toBeLessThanOrEqual(scores[level].reachable * (1 + 1e-6));
          }
        }
      }),
    );
  });

  it('knows how often a term stands in a unit, and in how many units', () => {
    fc.assert(
      fc.property(chunks, fc.constantFrom(...VIEWS), letter, (given, view, term) => {
        const index = build(given);
        for (const level of ['chunks', 'sentences'] as const) {
          const expected = unitsOf(given, view)[level].map((unit) => unit.get(term) ?? 0);
          const told = index[level].frequencies(view, term, [...expected.keys()]);
          for (const [unit, frequency] of expected.entries()) expect(told[unit]).toBeCloseTo(frequency, 1);
          const units = expected.filter((frequency) => frequency > 0).length;
          expect(index[level].unitFrequency(view, term)).toBe(units);
          expect(index[level].unitCount).toBe(expected.length);
          expect(index[level].isEmpty(view)).toBe([...index[level].terms(view)].length === 0);
          if (units > 0) expect([...index[level].terms(view)]).toContain(term);
        }
      }),
    );
  });

  it('is the same after it was written and read, and is written the same each time', () => {
    fc.assert(
      fc.property(chunks, query, (given, terms) => {
        const index = build(given);
        expect(build(given).toBuffer().equals(index.toBuffer())).toBe(true);
        expect(scoresOf(LexicalIndex.fromBuffer(Buffer.from(index.toBuffer())), terms)).toEqual(scoresOf(index, terms));
      }),
    );
  });

  it('knows which sentences a chunk holds', () => {
    fc.assert(
      fc.property(chunks, (given) => {
        const index = build(given);
        let start = 0;
        for (const [chunk, { sentences }] of given.entries()) {
          expect(index.sentencesOf(chunk)).toEqual({ start, end: start + sentences.length });
          start += sentences.length;
        }
      }),
    );
  });
});
