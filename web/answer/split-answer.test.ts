import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitAnswer, splitQuotes, spokenAnswer } from './split-answer.ts';

const text = (content: string) => ({ kind: 'text', text: content });
const marker = (number: number) => ({ kind: 'marker', marker: number });

describe('splitAnswer', () => {
  it('cuts at the markers of known citations', () => {
    expect(splitAnswer('甲。[1][2]乙。[1]', new Set([1, 2]))).toEqual([text('甲。'), marker(1), marker(2), text('乙。'), marker(1)]);
  });

  it('leaves other brackets in the text', () => {
    expect(splitAnswer('[3] 与 [1979] 与 [a]', new Set([1]))).toEqual([text('[3] 与 [1979] 与 [a]')]);
  });

  it('loses no character, whatever the text', () => {
    const pieces = fc.array(fc.oneof(fc.string(), fc.constantFrom('[1]', '[2]', '[', ']', '[12]')));
    fc.assert(
      fc.property(pieces, (parts) => {
        const answer = parts.join('');
        const segments = splitAnswer(answer, new Set([1, 12]));
        const joined = segments.map((segment) => (segment.kind === 'text' ? segment.text : `[${segment.marker}]`));
        expect(joined.join('')).toBe(answer);
      }),
    );
  });

  it('reads without markers', () => {
    expect(spokenAnswer({ text: '甲。[1]乙[9]。', citations: [{ marker: 1 }] })).toBe('甲。乙[9]。');
  });
});

describe('splitQuotes', () => {
  const quotation = (quote: string) => ({ quote });

  it('tells the quotes from the words around them', () => {
    const pieces = splitQuotes('Часть I гласит: 「深化合作」 и 「扩大」.', [quotation('深化合作'), quotation('扩大')]);
    expect(pieces.map(({ text }) => text)).toEqual(['Часть I гласит: 「', '深化合作', '」 и 「', '扩大', '」.']);
    expect(pieces.map((piece) => piece.quotation !== undefined)).toEqual([false, true, false, true, false]);
  });

  it('leaves a sentence alone that does not quote word for word', () => {
    expect(splitQuotes('They cooperate.', [quotation('深化合作')])).toEqual([{ text: 'They cooperate.' }]);
  });
});
