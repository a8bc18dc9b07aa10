import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { languageSchema } from '../wire.ts';
import { inQuotationMarks, phrasesIn } from './answer-phrases.ts';

describe('inQuotationMarks', () => {
  test.each([
    ['双方满意。', '“双方满意。”'],
    ['共建“一带一路”', '「共建“一带一路”」'],
    ['“甲”与「乙」', '«“甲”与「乙」»'],
  ])('encloses %s so that a reader sees where it ends', (quote, shown) => {
    expect(inQuotationMarks(quote)).toBe(shown);
  });

  test('law: the quote stands unchanged between two marks, and no mark of the chosen pair stands in it', () => {
    const quote = fc.string({ unit: fc.constantFrom(...'双方“”「」'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(quote, (words) => {
        const shown = inQuotationMarks(words);
        expect(shown.slice(1, -1)).toBe(words);
        expect(words).not.toContain(shown.charAt(0));
        expect(words).not.toContain(shown.at(-1));
      }),
    );
  });
});

test('every language has its words: a lead-in with the label, every reason, every note', () => {
  for (const language of languageSchema.options) {
    const { leadIn, reasons, degraded, nearby } = phrasesIn(language);
    expect(leadIn('LABEL')).toContain('LABEL');
    const phrases = [nearby, ...Object.values(reasons), ...Object.values(degraded)];
    expect(phrases.every((phrase) => phrase.trim() !== '')).toBe(true);
    expect(new Set(phrases).size).toBe(phrases.length);
    // Words of ours must never look like a quote or a citation.
    expect(phrases.join('')).not.toMatch(/[“”「」«»"[\]]/u);
  }
});

test.each([
  ['en', 'Preamble, paragraph 1', 'What does the preamble, paragraph 1 say?'],
  ['ru', 'Часть II, пункт (6)', 'О чём часть II, пункт (6)?'],
  ['kk', 'II бөлім', 'II бөлімде не айтылған?'],
  ['kk', 'II бөлім, (6) тармақ', 'II бөлім, (6) тармақта не айтылған?'],
  ['kk', 'Кіріспе, 1-абзац', 'Кіріспе, 1-абзацта не айтылған?'],
  ['kk', '5-бап', '5-бапта не айтылған?'],
  ['kk', 'Қорытынды', 'Қорытындыда не айтылған?'],
  ['kk', 'Кіріспе', 'Кіріспеде не айтылған?'],
] as const)('asks in %s for a place by its label: %s', (language, label, question) => {
  expect(phrasesIn(language).askFor(label)).toBe(question);
});
