import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuMilliseconds } from '../testing/cpu-time.ts';
import { officialText } from '../testing/official-text.ts';
import { isTraditional, normalizeText, toMainlandChinese } from './normalize-text.ts';

describe('normalizeText', () => {
  it.each([
    ['traditional and simplified', '中華人民共和國與哈薩克斯坦關係', '中华人民共和国与哈萨克斯坦关系'],
    ['full and half width', '２０１９年ＡＢＣ（一）', '2019年abc(1)'],
    ['a date in characters and in digits', '二〇一九年九月十一日', '2019年9月11日'],
    ['第二屆 and 第2届', '第二屆', '第2届'],
    ['capitals and small letters', 'SHANGHAI Казахстан ҚАЗАҚСТАН', 'shanghai казахстан қазақстан'],
    ['ё and е', 'Ещё объём', 'еще объем'],
    ['composed and decomposed letters', 'й e\u0301', 'й é'],
    ['薴, whose simplified form simplifies again', '薴', '苎'],
  ])('makes %s the same', (_, one, other) => {
    expect(normalizeText(one)).toBe(normalizeText(other));
  });

  it('leaves the words alone that only look like numerals', () => {
    expect(normalizeText('一带一路、统一、进一步')).toBe('一带一路、统一、进一步');
  });

  it('is idempotent for official texts', () => {
    fc.assert(
      fc.property(officialText(), (text) => {
        const once = normalizeText(text);
        expect(normalizeText(once)).toBe(once);
      }),
      { numRuns: 1000 },
    );
  });

  it('is idempotent for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const once = normalizeText(text);
        expect(normalizeText(once)).toBe(once);
      }),
      { numRuns: 1000 },
    );
  });

  it('is idempotent for every Han character', () => {
    const restless: string[] = [];
    for (let code = 0x2e80; code < 0x323b0; code++) {
      const character = String.fromCodePoint(code);
      if (!/\p{Script=Han}/u.test(character)) continue;
      const once = normalizeText(character);
      if (normalizeText(once) !== once) restless.push(character);
    }
    expect(restless).toEqual([]);
  });

  it.each(['\u0301', '\u0301\u0323', '\u0323\u0301\u05b0'])('reads 100,000 combining marks %j in time', (marks) => {
    expect(cpuMilliseconds(() => normalizeText(`a${marks.repeat(100_000 / marks.length)}`))).toBeLessThan(1000);
  });

  it.each(['（一', '一', '第一', '（', '(一)'])('reads 200,000 characters %j in time', (unit) => {
    expect(cpuMilliseconds(() => normalizeText(unit.repeat(200_000 / unit.length)))).toBeLessThan(2000);
  });
});

describe('traditional script', () => {
  it('is told by a character that simplifies', () => {
    expect(isTraditional('兩國關係')).toBe(true);
    expect(isTraditional('两国关系')).toBe(false);
    expect(isTraditional('English, русский')).toBe(false);
  });

  it('is put into mainland wording', () => {
    expect(toMainlandChinese('網路與資訊')).toBe('网络与信息');
    expect(toMainlandChinese('网络与信息')).toBe('网络与信息');
  });
});
