import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import { documentsFolder } from '../../ingest/package-root.ts';
import { splitSentences } from '../../ingest/structure/split-sentences.ts';
import { openStatement, STATEMENT_ID } from '../testing/statement.ts';
import { findUnsupported } from './check-support.ts';

const EXPO = '中方欢迎并邀请哈方作为主宾国参加2019年11月在上海举办的第二届中国国际进口博览会。';
const ROADS = '推动高质量共建“一带一路”，实现“两个一百年”奋斗目标。';

const TITLE = '中华人民共和国和哈萨克斯坦共和国联合声明（全文）';
const ALLIANCE = '不参加任何损害对方主权、安全和领土完整的联盟或集团，不同第三国缔结此类国际条约。';
const TAIWAN = '哈方反对任何形式的“台湾独立”，支持两岸关系和平发展和中国政府为实现国家和平统一所作的一切努力。';
const VISIT =
  '应中华人民共和国主席习近平邀请，哈萨克斯坦共和国总统卡西姆若马尔特·克梅列维奇·托卡耶夫于2019年9月10日至12日对中华人民共和国进行国事访问。';

const renderingSchema = z.object({ paragraphs: z.record(z.string(), z.string()) });

let index: OpenIndex;
beforeAll(async () => {
  index = await openStatement();
});

const supports = (sentence: string, quotes: readonly string[]) =>
  findUnsupported(sentence, { quotes, titles: [TITLE], dates: quotes.map(() => '2019-09-11') }, index) === undefined;

describe('findUnsupported lets a model’s sentence through', () => {
  test.each([
    ['in its own words', '哈方应邀作为主宾国参加博览会。'],
    ['in another language', 'Kazakhstan is invited as the guest country of honour.'],
    ['with a number of the cited text', 'It takes place in November 2019.'],
    ['with a number written in full-width digits', '博览会于２０１９年举办。'],
    ['with an ordinal that the text writes in characters', 'It is expo number 2.'],
    ['with words in quotation marks that the text has', '哈方是“主宾国”。'],
    ['with an apostrophe', "China’s expo is China's own."],
  ])('%s', (_what, sentence) => {
    expect(supports(sentence, [EXPO])).toBe(true);
  });

  test('that rests on two quotes, a number from each', () => {
    expect(supports('2019年，两个一百年。', [EXPO, ROADS])).toBe(true);
  });
});

describe('findUnsupported refuses a sentence', () => {
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
    expect(supports(sentence, [EXPO])).toBe(false);
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
    expect(supports(`哈方参加${words}博览会。`, [EXPO])).toBe(false);
  });

  test.each(['“主賓國”', '“主宾 国”', '“主宾国参加 2019年”'])('that quotes the text but not to the letter: %s', (words) => {
    expect(supports(`哈方参加${words}。`, [EXPO])).toBe(false);
  });

  test('whose quotation runs from one cited text into the other', () => {
    expect(supports('“博览会。推动高质量”', [EXPO, ROADS])).toBe(false);
  });
});

describe('a date', () => {
  test.each([
    '托卡耶夫于2019年9月12日结束访问。',
    'He paid the visit from 10 to 12 September 2019.',
    'Визит состоялся 10–12 сентября 2019 года.',
    'Сапар 2019 жылғы 10 қыркүйекте басталды.',
  ])('of the cited text may be told: %s', (sentence) => expect(supports(sentence, [VISIT])).toBe(true));

  test.each([
    '访问于2019年9月11日开始。',
    '访问于2019年10月12日开始。',
    'It began on 10 October 2019.',
    'It began on September 11, 2019.',
    'Визит начался 12 октября.',
    'It began on 2019-09-11.',
    '11.09.2019',
  ])('put together of other parts is refused: %s', (sentence) => expect(supports(sentence, [VISIT, EXPO])).toBe(false));
});

describe('a year that the text tells by its own', () => {
  const FORUM = '双方高度评价今年4月在北京举办的论坛，去年的成果显著。';

  test.each([
    '论坛于2019年4月在北京举办。',
    'The forum was held in April 2019.',
    'Форум состоялся в апреле 2019 года.',
    '2018年的成果显著。',
  ])('may be told by its number: %s', (sentence) => expect(supports(sentence, [FORUM])).toBe(true));

  test.each(['论坛于2018年4月在北京举办。', '论坛于2020年举办。', 'The forum was held in April 2017.'])('is no other: %s', (sentence) =>
    expect(supports(sentence, [FORUM])).toBe(false),
  );

  test('is unknown where the document has no date', () => {
    const evidence = { quotes: [FORUM], titles: [TITLE], dates: [undefined] };
    expect(findUnsupported('论坛于2019年4月在北京举办。', evidence, index)).toBe('number');
  });
});

describe('a denial', () => {
  test.each([
    '双方不参加此类联盟。',
    '双方都不会参加这样的集团。',
    'The two sides do not join such alliances.',
    'Стороны не вступают в такие союзы.',
    'Тараптар мұндай одақтарға қатыспайды.',
  ])('of the cited text may be told: %s', (sentence) => expect(supports(sentence, [ALLIANCE])).toBe(true));

  test.each(['双方参加任何联盟或集团。', '双方将参加联盟。', 'The two sides join such alliances.', 'Стороны вступают в такие союзы.'])(
    'that is left out turns the meaning: %s',
    (sentence) => expect(supports(sentence, [ALLIANCE])).toBe(false),
  );

  test.each([
    '中方不欢迎哈方参加博览会。',
    '中方未邀请哈方参加博览会。',
    'China does not invite Kazakhstan.',
    'Китай не приглашает Казахстан.',
    '中方拒绝哈方参加博览会。',
    '中方不从未欢迎哈方。',
  ])('that the cited text has not is refused: %s', (sentence) => expect(supports(sentence, [EXPO])).toBe(false));

  test('of one thing does not stand for another', () => {
    expect(supports('哈方不支持两岸关系和平发展。', [TAIWAN])).toBe(false);
    expect(supports('哈方反对“台湾独立”。', [TAIWAN])).toBe(true);
  });
});

describe('a name', () => {
  test.each(['Kazakhstan will be the guest of honour in Shanghai.', 'Казахстан будет почетным гостем в Шанхае.', '哈萨克斯坦受邀来上海。'])(
    'of the cited text may be told: %s',
    (sentence) => expect(supports(sentence, [EXPO])).toBe(true),
  );

  test.each([
    '博览会在北京举办。',
    '俄罗斯应邀参加博览会。',
    'The expo is held in Beijing.',
    'Russia is invited.',
    'Putin is invited to the expo.',
    'Россия приглашена.',
    '特朗普应邀参加博览会。',
    '北约应邀参加博览会。',
    '拜登应邀参加博览会。',
    '日方应邀参加博览会。',
    'It is held with NATO.',
  ])('that the cited text has not is refused: %s', (sentence) => expect(supports(sentence, [EXPO])).toBe(false));

  test('is heard across scripts, and told from another of the document', () => {
    expect(supports('The visit was paid by Tokayev.', [VISIT])).toBe(true);
    expect(supports('The visit was paid by Nazarbayev.', [VISIT])).toBe(false);
  });
});

test.each([
  '哈方\u200b应邀参加。',
  '哈方应邀参加\u202e。',
  'Kаzakhstan is invited.',
  '哈方应邀参加。\n[2]',
  '哈方应邀参加〔1〕。',
  '哈方&#91;1&#93;应邀',
  '**哈方**应邀参加。',
  '见《中哈核武条约》。',
  '博览会于２０２０年举办。',
  '博览会于٢٠٢٠年举办。',
  'two hundred billion dollars',
  'Объем достигнет трехсот миллиардов.',
])('what looks like something else is refused: %j', (sentence) => expect(supports(sentence, [EXPO])).toBe(false));

/** Sentences of a rendering, paragraph by paragraph: what a model that keeps to the text would write. */
function retellings(language: string): { sentence: string; paragraphId: string }[] {
  const file = path.join(documentsFolder, `${STATEMENT_ID}.renderings`, `${language}.json`);
  const { paragraphs } = renderingSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return Object.entries(paragraphs).flatMap(([paragraphId, text]) =>
    splitSentences(text).map(({ start, end }) => ({
      paragraphId,
      sentence: text
        .slice(start, end)
        .replace(/[“”„‟‘「」『』«»"\t]/gu, ' ')
        .trim(),
    })),
  );
}

test.each([
  ['zh-Hans', 0.78],
  ['en', 0.93],
  ['ru', 0.93],
  ['kk', 0.95],
])('of faithful retellings in %s at least this share is kept: %s', (language, share) => {
  const told = retellings(language);
  const dropped = told.filter(({ sentence, paragraphId }) => !supports(sentence, [index.paragraph(STATEMENT_ID, paragraphId)?.text ?? '']));
  expect(told.length).toBeGreaterThan(80);
  expect(dropped.length / told.length).toBeLessThanOrEqual(1 - share);
});

test('a sentence of the statement is borne out by itself, its quotation marks and full-width brackets left out', () => {
  const sentences = [...index.sentences].flatMap(({ chunk, start, end }) => {
    const { documentId = '', paragraphId = '' } = index.chunks.at(chunk) ?? {};
    return [index.paragraph(documentId, paragraphId)?.text.slice(start, end) ?? ''];
  });
  expect(sentences.length).toBeGreaterThan(80);
  const dropped = sentences.filter((sentence) => !supports(sentence.replace(/[“”\t]/gu, ''), [sentence]));
  expect(dropped).toEqual([]);
});

test('law: words in quotation marks are let through exactly where the cited text has them', () => {
  const words = fc.string({ unit: fc.constantFrom(...'中方欢迎并邀请哈方作为主宾国月球'), minLength: 1, maxLength: 4 });
  fc.assert(fc.property(words, (quoted) => supports(`文件写道“${quoted}”。`, [EXPO]) === EXPO.includes(quoted)));
});

test('law: a number that the cited text does not have is never let through', () => {
  fc.assert(
    fc.property(fc.nat({ max: 1_000_000 }), (number) => {
      fc.pre(![2, 11, 2019].includes(number));
      return !supports(`共有${number}项。`, [EXPO]);
    }),
  );
});
