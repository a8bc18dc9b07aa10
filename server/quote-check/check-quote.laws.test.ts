import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import { cpuMilliseconds } from '../../ingest/testing/cpu-time.ts';
import { officialText } from '../../ingest/testing/official-text.ts';
import { openStatement, STATEMENT_SOURCE, statementOf } from '../testing/statement.ts';
import { strictQuoteCheck } from '../testing/wire-schemas.ts';
import { MAX_QUOTE_CODE_POINTS } from '../wire.ts';
import { checkQuote } from './check-quote.ts';

const SENTENCE = '双方将继续共同管理和经营霍尔果斯河友谊联合引水枢纽。';

let index: OpenIndex;
beforeAll(async () => {
  index = await openStatement();
});

const check = (quote: string) => strictQuoteCheck.parse(checkQuote({ quote }, { index, publicUrl: 'https://example.org' }));

describe('laws', () => {
  /** A stretch of the source with arbitrary things done to it. */
  const mangled = fc
    .tuple(
      fc.nat(STATEMENT_SOURCE.length - 20),
      fc.integer({ min: 1, max: 300 }),
      fc.array(fc.tuple(fc.nat(300), fc.nat(8), fc.oneof(officialText(6), fc.string({ unit: 'binary', maxLength: 4 }))), { maxLength: 8 }),
    )
    .map(([start, length, edits]) => {
      let quote = STATEMENT_SOURCE.slice(start, start + length);
      for (const [at, removed, added] of edits) quote = quote.slice(0, at) + added + quote.slice(at + removed);
      return quote;
    })
    .filter((quote) => quote.isWellFormed() && quote.trim() !== '');

  test('each difference replaced turns the quote’s stretch into the paragraph’s; verbatim is what the source has', () => {
    let altered = 0;
    fc.assert(
      fc.property(mangled, (quote) => {
        const body = check(quote);
        if (body.verdict === 'verbatim')
          for (const { original, quoteStart, quoteEnd } of body.matches) expect(original).toBe(quote.slice(quoteStart, quoteEnd));
        if (body.verdict !== 'verbatim') expect(statementOf(index).paragraphs.some(({ text }) => text.includes(quote.trim()))).toBe(false);
        if (body.verdict !== 'altered') return;
        altered++;
        for (const match of body.matches) {
          const text = index.paragraph(match.documentId, match.paragraphId)?.text ?? '';
          let at = match.quoteStart;
          let recut = '';
          for (const { quoteStart, quoteEnd, quoted, start, end, original } of match.differences) {
            expect(quoteStart).toBeGreaterThanOrEqual(at);
            expect(quote.slice(quoteStart, quoteEnd)).toBe(quoted);
            expect(text.slice(start, end)).toBe(original);
            expect(quoted).not.toBe(original);
            recut += quote.slice(at, quoteStart) + original;
            at = quoteEnd;
          }
          recut += quote.slice(at, match.quoteEnd);
          expect(recut).toBe(match.original);
          expect(text.slice(match.start, match.end)).toBe(match.original);
        }
      }),
      { numRuns: 1000 },
    );
    expect(altered).toBeGreaterThan(300);
  });
});

describe('hostile quotations', () => {
  const everySeventeenth = (text: string) => [...text].map((character, at) => (at % 17 === 5 ? '甲' : character)).join('');
  const HOSTILE: Record<string, (length: number) => string> = {
    'the statement with every 17th character changed': (length) => everySeventeenth(STATEMENT_SOURCE.slice(150, 150 + length)),
    'the statement cut to pairs': (length) =>
      Array.from({ length: length / 2 }, (_, at) => STATEMENT_SOURCE.substr((at * 37) % 4000, 2)).join(''),
    'the statement backwards': (length) => [...STATEMENT_SOURCE.slice(150, 150 + length)].reverse().join(''),
    'one character': (length) => '中'.repeat(length),
    'a common word': (length) => '双方'.repeat(length / 2),
    'a sentence again and again': (length) => SENTENCE.repeat(length).slice(0, length),
    'combining marks': (length) => '\u0301\u0323'.repeat(length / 2),
    'letters with marks': (length) => '中\u0301'.repeat(length / 2),
    digits: (length) => '1'.repeat(length),
    ellipses: (length) => '双方……'.repeat(length / 4),
    'points and spaces': (length) => `. `.repeat(length / 2),
    'quotation marks': (length) => `${'“'.repeat(length / 2)}${'”'.repeat(length / 2)}`,
    'text from right to left': (length) => '\u202eשלום '.repeat(length / 6),
    NUL: (length) => '中\0国\0'.repeat(length / 4),
    'ligatures of eighteen letters': (length) => '\ufdfa'.repeat(length),
    'characters of two code units': (length) => '𠀀'.repeat(length),
  };

  test.each(Object.entries(HOSTILE))('cost at most in proportion: %s', (_, make) => {
    const cost = (length: number) => {
      const quote = make(length);
      check(quote);
      return Math.min(...Array.from({ length: 3 }, () => cpuMilliseconds(() => check(quote))));
    };
    // Below 20 ms the clock tells more than the work.
    expect(cost(MAX_QUOTE_CODE_POINTS)).toBeLessThanOrEqual(4 * Math.max(20, cost(MAX_QUOTE_CODE_POINTS / 2)));
  });
});
