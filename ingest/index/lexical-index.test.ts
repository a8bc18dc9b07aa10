import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TermFrequencies, VIEWS } from '../text/tokenize-text.ts';
import { LexicalIndex, type QueryTerm } from './lexical-index.ts';

const unit = (views: Partial<Record<keyof TermFrequencies, Record<string, number>>>): TermFrequencies => ({
  bigram: new Map(Object.entries(views.bigram ?? {})),
  unigram: new Map(Object.entries(views.unigram ?? {})),
  word: new Map(Object.entries(views.word ?? {})),
  meaning: new Map(Object.entries(views.meaning ?? {})),
  rendering: new Map(Object.entries(views.rendering ?? {})),
  keyword: new Map(Object.entries(views.keyword ?? {})),
  sound: new Map(Object.entries(views.sound ?? {})),
});

const term = fc.constantFrom(...'能源合作贸易');
const frequency = fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.constantFrom(0.25, 0.5, 0.9));
const view = fc.dictionary(term, frequency, { maxKeys: 4, noNullPrototype: true });
const units = fc.array(fc.record({ bigram: view, unigram: view, word: view, meaning: view }).map(unit), { maxLength: 12 });
const query: fc.Arbitrary<QueryTerm[]> = fc.array(
  fc.record({ view: fc.constantFrom(...VIEWS), term, weight: fc.double({ min: 0.1, max: 3, noNaN: true }) }),
  { maxLength: 6 },
);

describe('BM25', () => {
  const index = LexicalIndex.build([unit({ word: { 能源: 2, 合作: 1 } }), unit({ word: { 能源: 1 } }), unit({ word: { 贸易: 2 } })]);

  it('is what a pencil makes of three short units', () => {
    // 3 units of 2 words on average; 能源 stands in 2 of them: idf = ln(1 + 1.5 / 2.5) = 0.470004; × (k1 + 1) = 0.893007.
    const { scores, reachable } = index.score([{ view: 'word', term: '能源', weight: 1 }]);
    expect(reachable).toBeCloseTo(0.893007, 5);
    expect(scores[0]).toBeCloseTo((0.893007 * 2) / (2 + 0.9 * (0.25 + 0.75 * 1.5)), 5);
    expect(scores[1]).toBeCloseTo((0.893007 * 1) / (1 + 0.9 * (0.25 + 0.75 * 0.5)), 5);
    expect(scores[2]).toBe(0);
  });

  it('weighs a rare word more than a frequent one, and scales with the weight of the term', () => {
    const rare = index.score([{ view: 'word', term: '合作', weight: 1 }]);
    const frequent = index.score([{ view: 'word', term: '能源', weight: 1 }]);
    expect(rare.reachable).toBeGreaterThan(frequent.reachable);
    expect(index.score([{ view: 'word', term: '能源', weight: 2 }]).scores[0]).toBeCloseTo(2 * (frequent.scores[0] ?? 0), 5);
  });

  it('counts a word that no unit holds as reachable and gives nobody a score for it', () => {
    const { scores, reachable } = index.score([{ view: 'word', term: '火星', weight: 1 }]);
    expect([...scores]).toEqual([0, 0, 0]);
    expect(reachable).toBeGreaterThan(0);
  });

  it('keeps the views apart', () => {
    expect([...index.score([{ view: 'meaning', term: '能源', weight: 1 }]).scores]).toEqual([0, 0, 0]);
  });

  it('of an empty index is empty', () => {
    expect(LexicalIndex.build([]).score([{ view: 'word', term: '能源', weight: 1 }]).scores).toHaveLength(0);
  });
});

describe('any index', () => {
  it('scores no unit below nothing or above what is reachable', () => {
    fc.assert(
      fc.property(units, query, (given, terms) => {
        const { scores, reachable } = LexicalIndex.build(given).score(terms);
        for (const score of scores) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(reachable * (1 + 1e-6));
        }
      }),
    );
  });

  it('scores the same after it was written and read', () => {
    fc.assert(
      fc.property(units, query, (given, terms) => {
        const index = LexicalIndex.build(given);
        const read = LexicalIndex.fromBuffer(index.toBuffer());
        expect(read.unitCount).toBe(given.length);
        expect(read.score(terms)).toEqual(index.score(terms));
      }),
    );
  });

  it('is written the same each time, so that an unchanged index has an unchanged hash', () => {
    fc.assert(
      fc.property(units, (given) => {
        const written = LexicalIndex.build(given).toBuffer();
        expect(LexicalIndex.build(given).toBuffer().equals(written)).toBe(true);
        expect(LexicalIndex.fromBuffer(written).toBuffer().equals(written)).toBe(true);
      }),
    );
  });

  it('knows how often a term stands in a unit, and in how many units', () => {
    fc.assert(
      fc.property(units, fc.constantFrom(...VIEWS), term, (given, inView, wanted) => {
        const index = LexicalIndex.build(given);
        const expected = given.map((terms) => Math.fround(terms[inView].get(wanted) ?? 0));
        expect(given.map((_, number) => index.frequency(inView, wanted, number))).toEqual(expected);
        expect(index.unitFrequency(inView, wanted)).toBe(expected.filter((times) => times > 0).length);
        expect(index.frequency(inView, wanted, given.length)).toBe(0);
        expect([...index.terms(inView)].includes(wanted)).toBe(index.unitFrequency(inView, wanted) > 0);
      }),
    );
  });
});
