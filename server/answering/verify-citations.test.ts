import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SourceDocument } from '../../ingest/structure/document.ts';
import { openStatement, STATEMENT_ID, STATEMENT_SOURCE, statementOf } from '../testing/statement.ts';
import { type ClaimedCitation, type RejectionReason, verifyCitations } from './verify-citations.ts';

let documents: ReadonlyMap<string, SourceDocument>;
let statement: SourceDocument;

beforeAll(async () => {
  const index = await openStatement();
  documents = index.documents;
  statement = statementOf(index);
});

/** Item (6) of Part II, the part of it about customs. */
const CUSTOMS: ClaimedCitation = { documentId: STATEMENT_ID, paragraphId: 'part-2-item-6', start: 3, end: 12 };

const reasonOf = (claim: ClaimedCitation): RejectionReason | 'verified' =>
  verifyCitations([claim], documents).rejected[0]?.reason ?? 'verified';

/** A claim over any span of any paragraph of the statement. */
const anyClaim = () =>
  fc
    .record({ paragraph: fc.constantFrom(...statement.paragraphs), from: fc.nat(), length: fc.nat() })
    .map(({ paragraph, from, length }): ClaimedCitation => {
      const start = from % paragraph.text.length;
      const end = start + 1 + (length % (paragraph.text.length - start));
      return { documentId: STATEMENT_ID, paragraphId: paragraph.paragraphId, start, end };
    });

describe('verifyCitations', () => {
  test('cuts the quote from the source, whether or not the claim brought one', () => {
    const [cut] = verifyCitations([CUSTOMS], documents).verified;
    expect(cut).toEqual({ ...CUSTOMS, quote: '同步加强口岸等跨境' });
    expect(reasonOf({ ...CUSTOMS, quote: '同步加强口岸等跨境' })).toBe('verified');
  });

  test.each<[string, Partial<ClaimedCitation>, RejectionReason]>([
    ['a quote with one character changed', { quote: '同步加强口岸等跨越' }, 'misquote'],
    ['a quote in traditional characters', { quote: '同步加強口岸等跨境' }, 'misquote'],
    ['a quote with a space too many', { quote: '同步加强口岸等跨境 ' }, 'misquote'],
    ['an empty quote', { quote: '' }, 'misquote'],
    ['a document that does not exist', { documentId: 'no-such-document' }, 'unknown-document'],
    ['a document called like a property of every object', { documentId: '__proto__' }, 'unknown-document'],
    ['a paragraph that does not exist', { paragraphId: 'part-2-item-18' }, 'unknown-paragraph'],
    ['an empty paragraphId', { paragraphId: '' }, 'unknown-paragraph'],
    ['a span that starts before the paragraph', { start: -1 }, 'bad-span'],
    ['a span that ends behind the paragraph', { end: 10_000 }, 'bad-span'],
    ['an empty span', { start: 12, end: 12 }, 'bad-span'],
    ['a span that ends before it starts', { start: 12, end: 3 }, 'bad-span'],
    ['a fractional start', { start: 3.5 }, 'bad-span'],
    ['a fractional end', { end: 11.5 }, 'bad-span'],
    ['an infinite end', { end: Number.POSITIVE_INFINITY }, 'bad-span'],
    ['a start that is no number', { start: Number.NaN }, 'bad-span'],
  ])('rejects %s', (_fault, changed, reason) => {
    expect(reasonOf({ ...CUSTOMS, ...changed })).toBe(reason);
  });

  test('rejects a span that splits a surrogate pair', () => {
    const text = '甲😀乙';
    const paragraph = { paragraphId: 'body-p1', sectionId: 'body', items: [], position: 1, start: 0, end: text.length, text };
    const emoji = new Map([['emoji', { text, paragraphs: [paragraph] }]]);
    const verify = (start: number, end: number) => verifyCitations([{ documentId: 'emoji', paragraphId: 'body-p1', start, end }], emoji);
    for (const [start, end] of [
      [0, 2],
      [2, 4],
      [2, 3],
    ] as const)
      expect(verify(start, end).rejected).toMatchObject([{ reason: 'bad-span' }]);
    expect(verify(1, 3).verified).toMatchObject([{ quote: '😀' }]);
  });

  test('cuts from the source even where the paragraph’s copy of it was tampered with', () => {
    const text = '双方满意。';
    const tampered = { paragraphId: 'body-p1', sectionId: 'body', items: [], position: 1, start: 0, end: text.length, text: '双方失望。' };
    const claim = { documentId: 'tampered', paragraphId: 'body-p1', start: 0, end: 4 };
    const index = new Map([['tampered', { text, paragraphs: [tampered] }]]);
    expect(verifyCitations([{ ...claim, quote: '双方失望' }], index).rejected).toMatchObject([{ reason: 'misquote' }]);
    expect(verifyCitations([claim], index).verified).toMatchObject([{ quote: '双方满意' }]);
  });

  test('judges each claim by itself and keeps the order', () => {
    const wrong = { ...CUSTOMS, documentId: 'no-such-document' };
    const later = { ...CUSTOMS, start: 5 };
    const { verified, rejected } = verifyCitations([CUSTOMS, wrong, later], documents);
    expect(verified.map(({ start }) => start)).toEqual([3, 5]);
    expect(rejected).toEqual([{ claim: wrong, reason: 'unknown-document' }]);
  });

  test('law: whatever the paragraph and the span, the verified quote is the source’s own slice', () => {
    fc.assert(
      fc.property(anyClaim(), (claim) => {
        const paragraph = statement.paragraphs.find(({ paragraphId }) => paragraphId === claim.paragraphId);
        const [citation] = verifyCitations([claim], documents).verified;
        expect(citation?.quote).toBe(paragraph?.text.slice(claim.start, claim.end));
        expect(citation?.quote).toBe(STATEMENT_SOURCE.slice((paragraph?.start ?? 0) + claim.start, (paragraph?.start ?? 0) + claim.end));
      }),
      { numRuns: 500 },
    );
  });

  test('law: a claim whose quote has one character exchanged, added or left out is rejected', () => {
    fc.assert(
      fc.property(anyClaim(), fc.nat(), fc.string({ minLength: 1, maxLength: 1, unit: 'grapheme' }), (claim, at, character) => {
        const quote = verifyCitations([claim], documents).verified[0]?.quote ?? '';
        const position = at % quote.length;
        const before = quote.slice(0, position);
        const mutations = [
          before + character + quote.slice(position + 1),
          before + character + quote.slice(position),
          before + quote.slice(position + 1),
        ];
        for (const mutated of mutations.filter((candidate) => candidate !== quote))
          expect(reasonOf({ ...claim, quote: mutated })).toBe('misquote');
      }),
      { numRuns: 500 },
    );
  });

  test('law: no claim whatever is verified with a quote that the source does not hold there', () => {
    const anything = fc.record({
      documentId: fc.constantFrom(STATEMENT_ID, 'other', ''),
      paragraphId: fc.constantFrom('part-1-p1', 'part-2-item-6', 'signatures-p1', 'none'),
      start: fc.oneof(fc.integer(), fc.double()),
      end: fc.oneof(fc.integer(), fc.double(), fc.integer({ min: 0, max: 200 })),
    });
    fc.assert(
      fc.property(anything, (claim) => {
        const { verified, rejected } = verifyCitations([claim], documents);
        expect(verified.length + rejected.length).toBe(1);
        for (const { quote } of verified) expect(STATEMENT_SOURCE).toContain(quote);
      }),
      { numRuns: 500 },
    );
  });
});
