import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSupported } from './check-support.ts';

const EXPO = '中方欢迎并邀请哈方作为主宾国参加2019年11月在上海举办的第二届中国国际进口博览会。';
const ROADS = '推动高质量共建“一带一路”，实现“两个一百年”奋斗目标。';

describe('isSupported lets a model’s sentence through', () => {
  test.each([
    ['in its own words', '哈方应邀作为主宾国参加博览会。'],
    ['in another language', 'Kazakhstan is invited as the guest country of honour.'],
    ['with a number of the cited text', 'It takes place in November 2019.'],
    ['with a number written in full-width digits', '博览会于２０１９年举办。'],
    ['with an ordinal that the text writes in characters', 'It is expo number 2.'],
    ['with words in quotation marks that the text has', '哈方是“主宾国”。'],
    ['with an apostrophe', "China’s expo is China's own."],
  ])('%s', (_what, sentence) => {
    expect(isSupported(sentence, [EXPO])).toBe(true);
  });

  test('that rests on two quotes, a number from each', () => {
    expect(isSupported('2019年，两个一百年。', [EXPO, ROADS])).toBe(true);
  });
});

describe('isSupported refuses a sentence', () => {
  test.each([
    ['with a number that is not cited', 'It takes place in November 2020.'],
    ['with part of a cited number', 'It takes place on the 19th.'],
    ['with a large number in Chinese characters', '成交额达三百亿美元。'],
    ['with a percentage in Chinese characters', '增长百分之七。'],
    ['with a citation marker', '哈方应邀参加[1]。'],
    ['with a full-width marker', '哈方应邀参加［1］。'],
    ['with a marker in lenticular brackets', '哈方应邀参加【1】。'],
    ['with an HTML tag', '<b>哈方</b>应邀参加。'],
    ['with a link', '见 https://example.com'],
    ['with a Markdown link', '见[这里](x)'],
  ])('%s', (_fault, sentence) => {
    expect(isSupported(sentence, [EXPO])).toBe(false);
  });

  test.each([
    '“月球”',
    '„月球“',
    '‘月球’',
    '「月球」',
    '『月球』',
    '«月球»',
    '‹月球›',
    '"月球"',
    '＂月球＂',
    "'月球'",
    '〝月球〞',
    '“月球',
    '月球”',
  ])('that puts words of its own in quotation marks: %s', (words) => {
    expect(isSupported(`哈方参加${words}博览会。`, [EXPO])).toBe(false);
  });

  test.each(['“主賓國”', '“主宾 国”', '“主宾国参加 2019年”'])('that quotes the text but not to the letter: %s', (words) => {
    expect(isSupported(`哈方参加${words}。`, [EXPO])).toBe(false);
  });

  test('whose quotation runs from one cited text into the other', () => {
    expect(isSupported('“博览会。推动高质量”', [EXPO, ROADS])).toBe(false);
  });
});

test('law: words in quotation marks are let through exactly where the cited text has them', () => {
  const words = fc.string({ unit: fc.constantFrom(...'中方欢迎并邀请哈方作为主宾国月球'), minLength: 1, maxLength: 4 });
  fc.assert(fc.property(words, (quoted) => isSupported(`文件写道“${quoted}”。`, [EXPO]) === EXPO.includes(quoted)));
});

test('law: a number that the cited text does not have is never let through', () => {
  fc.assert(
    fc.property(fc.nat({ max: 1_000_000 }), (number) => {
      fc.pre(![2, 11, 2019].includes(number));
      return !isSupported(`共有${number}项。`, [EXPO]);
    }),
  );
});
