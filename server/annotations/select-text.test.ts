import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { officialText } from '../../ingest/testing/official-text.ts';
import { codePointSpan, quoteSelector } from './select-text.ts';

/** A text with characters of one and of two code units and CRLF, and a span of whole characters of it. */
const textAndSpan = fc
  .tuple(officialText(120), fc.array(fc.constantFrom('𠀀', '😀', '\r\n', '中', 'e\u0301', '\ufeff'), { maxLength: 80 }))
  .chain(([official, others]) => fc.shuffledSubarray([...official, ...others]))
  .filter((characters) => characters.length > 0)
  .chain((characters) =>
    fc.tuple(fc.nat(characters.length - 1), fc.nat(characters.length)).map(([first, length]) => {
      const before = characters.slice(0, first).join('');
      const quote = characters.slice(first, first + 1 + length).join('');
      return { text: characters.join(''), span: { start: before.length, end: before.length + quote.length } };
    }),
  );

describe('the selectors of a span', () => {
  test('law: code point positions cut the words out of the text’s code points', () => {
    fc.assert(
      fc.property(textAndSpan, ({ text, span }) => {
        const { start, end } = codePointSpan(text, span);
        expect([...text].slice(start, end).join('')).toBe(text.slice(span.start, span.end));
      }),
    );
  });

  test('law: prefix, words and suffix stand in the text as one, each of whole characters, 32 of them where there are as many', () => {
    fc.assert(
      fc.property(textAndSpan, ({ text, span }) => {
        const { exact, prefix, suffix } = quoteSelector(text, span);
        expect(text.slice(span.start - prefix.length, span.end + suffix.length)).toBe(prefix + exact + suffix);
        for (const part of [exact, prefix, suffix]) expect(part.isWellFormed()).toBe(true);
        expect([...prefix]).toHaveLength(Math.min(32, [...text.slice(0, span.start)].length));
        expect([...suffix]).toHaveLength(Math.min(32, [...text.slice(span.end)].length));
      }),
    );
  });
});
