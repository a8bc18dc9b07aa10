import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { officialText } from '../testing/official-text.ts';
import { shadowOf } from './shadow-text.ts';

const foldedOf = (text: string) =>
  shadowOf(text)
    .map(({ folded }) => folded)
    .join('');

const anyText = fc.oneof(
  officialText(),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  // Lone surrogates and marks with nothing to stand on.
  fc
    .array(fc.constantFrom('\ud800', '\udc00', '\u0301', 'e', '\ufe0f', '\u200b', '한', '\0'), { maxLength: 30 })
    .map((parts) => parts.join('')),
);

describe('shadowOf', () => {
  it('tiles any text: its units put together are the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const units = shadowOf(text);
        let end = 0;
        for (const unit of units) {
          expect(unit.start).toBe(end);
          expect(unit.raw).toBe(text.slice(unit.start, unit.end));
          end = unit.end;
        }
        expect(end).toBe(text.length);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['traditional and simplified', '協定', '协定'],
    ['characters that are traditional in some phrases only', '瞭解、仿彿', '了解、仿佛'],
    ['full and half width', '２０１９Ａ', '2019a'],
    ['capitals and small letters', 'SHANGHAI', 'shanghai'],
    ['Latin letters and Cyrillic ones that look the same', 'сooреrаtion', 'cooperation'],
    ['a radical and the character that it is', '⺠主⽇', '民主日'],
    ['composed and decomposed letters', 'e\u0301', 'é'],
    ['spaces of every kind, and nothing', '合\u200b作\u3000\n共\ufeff赢\0', '合作共赢'],
  ])('makes %s the same', (_, one, other) => {
    expect(foldedOf(one)).toBe(foldedOf(other));
  });

  it.each([
    ['0', 'O'],
    ['1', 'l'],
    ['己', '已'],
    ['中', '中\u0301'],
  ])('tells %s and %s apart', (one, other) => {
    expect(foldedOf(one)).not.toBe(foldedOf(other));
  });

  it('knows letters, marks and spaces', () => {
    expect(shadowOf('中%，\n<é…').map(({ kind }) => kind)).toEqual(['text', 'text', 'mark', 'space', 'mark', 'text', 'mark']);
  });

  it('knows how characters look, digits and capitals too', () => {
    const looks = (text: string) => shadowOf(text).map(({ look }) => look);
    expect(looks('O')).toEqual(looks('0'));
    expect(looks('Н')).toEqual(looks('H'));
    expect(looks('н')).not.toEqual(looks('h'));
    expect(looks('已')).not.toEqual(looks('己'));
  });

  it('makes no more of a text than four characters of each', () => {
    expect(foldedOf('\ufdfa'.repeat(100)).length).toBeLessThanOrEqual(400);
  });
});
