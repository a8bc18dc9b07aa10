import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import { openCurrentIndex } from '../../ingest/index/open-generation.ts';
import { writeDocuments } from '../../ingest/testing/sample-document.ts';
import { keptFolder, removeFolder } from '../../ingest/testing/temporary-folder.ts';
import { ingestInto, openStatement, STATEMENT_ID, STATEMENT_SOURCE, statementOf } from '../testing/statement.ts';
import { strictQuoteCheck } from '../testing/wire-schemas.ts';
import type { QuoteCheckRequest } from '../wire.ts';
import { checkQuote } from './check-quote.ts';

let index: OpenIndex;
let elsewhere: OpenIndex;
let folder: string;

const COMMUNIQUE = `Joint Communiqué

The two sides agreed that trade between the two countries shall not be restricted. They will hold four rounds of talks by 15 May 2021.

Стороны не допускают ограничений в торговле. Россия и Казахстан развивают сотрудничество в области энергетики.`;

beforeAll(async () => {
  index = await openStatement();
  folder = await keptFolder();
  const texts = await writeDocuments(path.join(folder, 'texts'), { communique: COMMUNIQUE, 'statement-again': STATEMENT_SOURCE });
  const dataFolder = path.join(folder, 'data');
  await ingestInto(dataFolder, [texts]);
  elsewhere = await openCurrentIndex(dataFolder);
});

afterAll(() => removeFolder(folder));

const check = (quote: string, more: Partial<QuoteCheckRequest> = {}, among: OpenIndex = index) =>
  strictQuoteCheck.parse(checkQuote({ quote, ...more }, { index: among, publicUrl: 'https://example.org' }));

/** The differences of the first match, as `kind: quoted ← original`. */
function told(quote: string, among?: OpenIndex): string[] {
  const body = check(quote, {}, among);
  if (body.verdict !== 'altered') return [body.verdict];
  return (body.matches[0]?.differences ?? []).map(({ kind, quoted, original }) => `${kind}: ${quoted} ← ${original}`);
}

const SIGNED = '本声明于2019年9月11日在北京签署，一式两份';
const HUB = '双方将继续共同管理和经营霍尔果斯河友谊联合引水枢纽。';
const DAM = '双方积极评价今年4月苏木拜河联合引水工程改造完工';

describe('a verbatim quotation', () => {
  test.each([
    ['as it is', SIGNED],
    ['in quotation marks', `“${SIGNED}”`],
    ['in other quotation marks and spaces', ` 「${SIGNED}」\n`],
    ['in straight marks', `"${SIGNED}"`],
  ])('%s is found with its place', (_, quote) => {
    const body = check(quote);
    const start = quote.indexOf(SIGNED);
    expect(body).toMatchObject({
      verdict: 'verbatim',
      arrangement: 'whole',
      matches: [
        {
          documentId: STATEMENT_ID,
          paragraphId: 'closing-p1',
          start: 0,
          original: SIGNED,
          quoteStart: start,
          quoteEnd: start + SIGNED.length,
        },
      ],
    });
    expect(body.matches[0]?.url).toMatch(/#closing-p1:~:text=/);
  });

  test('may have quotation marks of its own', () => {
    expect(check('“台湾独立”').matches[0]?.original).toBe('“台湾独立”');
    expect(check('“上海精神”和“一带一路”').verdict).not.toBe('verbatim');
  });

  test('has all its places told, ten at most', () => {
    expect(check('丝绸之路经济带').matches.map(({ paragraphId }) => paragraphId)).toEqual(['part-2-p5', 'part-2-p6']);
    expect(check('双方').matches).toHaveLength(10);
  });

  test('may run over paragraphs, with what the source has between them', () => {
    expect(check(`${HUB}\u3000\u3000${DAM}`)).toMatchObject({
      verdict: 'verbatim',
      arrangement: 'consecutive',
      matches: [
        { paragraphId: 'part-3-p2', original: HUB },
        { paragraphId: 'part-3-p3', original: DAM },
      ],
    });
  });

  test('is not what the web page printed around the text', () => {
    expect(check('打印本页').verdict).toBe('absent');
  });

  test('has its label in the language asked for', () => {
    expect(check(SIGNED).matches[0]?.label).toBe('结尾第1段');
    expect(check(SIGNED, { language: 'en' }).matches[0]?.label).toBe('Closing, paragraph 1');
  });

  test('is every stretch of a paragraph, found where it stands', () => {
    const { paragraphs } = statementOf(index);
    const stretch = fc
      .tuple(fc.nat(paragraphs.length - 1), fc.nat(), fc.nat())
      .map(([which, from, length]) => {
        const text = paragraphs[which]?.text ?? '';
        const start = from % text.length;
        return text.slice(start, start + 1 + (length % text.length)).trim();
      })
      .filter((quote) => quote !== '');
    fc.assert(
      fc.property(stretch, (quote) => {
        const body = check(quote);
        expect(body.verdict).toBe('verbatim');
        for (const { paragraphId, start, end } of body.matches)
          expect(index.paragraph(STATEMENT_ID, paragraphId)?.text.slice(start, end)).toBe(quote);
      }),
      { numRuns: 300 },
    );
  });
});

describe('paragraphs pasted one after the other', () => {
  const paragraphOf = (paragraphId: string) => index.paragraph(STATEMENT_ID, paragraphId)?.text ?? '';
  const third = () => paragraphOf('part-2-item-3');
  const fourth = () => paragraphOf('part-2-item-4');

  test.each(['\n', '\n\n', '\r\n\u3000\u3000', ' \n '])('are verbatim whatever the page puts between them: %j', (between) => {
    const body = check(`${third()}${between}${fourth()}`);
    expect(body).toMatchObject({ verdict: 'verbatim', arrangement: 'consecutive' });
    expect(body.matches.map(({ paragraphId, original }) => [paragraphId, original])).toEqual([
      ['part-2-item-3', third()],
      ['part-2-item-4', fourth()],
    ]);
  });

  test('are not where they do not follow each other, or something is left out between', () => {
    expect(check(`${third()}\n${paragraphOf('part-2-item-5')}`)).toMatchObject({ verdict: 'altered', arrangement: 'stitched' });
    expect(check(`${third().slice(0, -6)}\n${fourth()}`).verdict).toBe('altered');
  });

  test('with nothing between are told apart where the second begins', () => {
    const body = check(`${third()}${fourth()}`.replace('拓展', '拓宽'));
    expect(body).toMatchObject({ verdict: 'altered', arrangement: 'consecutive' });
    expect(body.matches[1]?.original.startsWith('（四）')).toBe(true);
  });
});

test('a mark at the end stands for the one that the paragraph has there', () => {
  const [match] = check(`${index.paragraph(STATEMENT_ID, 'part-2-item-3')?.text.slice(0, -1)}.`).matches;
  expect(match).toMatchObject({ differences: [{ kind: 'punctuation', quoted: '.', original: '。' }] });
});

describe('an altered quotation', () => {
  test.each([
    ['another number', '本声明于2018年9月11日在北京签署', ['number: 2018 ← 2019']],
    ['numbers swapped', '本声明于2019年11月9日在北京签署', ['number: 11 ← 9', 'number: 9 ← 11']],
    [
      'the same number in other figures',
      '本声明于二〇一九年九月十一日在北京签署',
      ['script: 二〇一九 ← 2019', 'script: 九 ← 9', 'script: 十一 ← 11'],
    ],
    ['a negation put in', '双方不愿继续加强霍尔果斯国际边境合作中心内警务', ['negation: 不 ← ']],
    ['a negation left out', '台湾、西藏是中国领土可分割的一部分', ['negation:  ← 不']],
    ['another word', '双方指出，经济合作是中哈全方位合作重要组成部分', ['word: 经济 ← 安全']],
    ['traditional script', '增進两国青年相互瞭解和友誼', ['script: 進 ← 进', 'script: 瞭 ← 了', 'script: 誼 ← 谊']],
    ['full-width digits', '本声明于２０１９年9月11日在北京签署', ['width: ２０１９ ← 2019']],
    ['a half-width comma', '本声明于2019年9月11日在北京签署,一式两份', ['width: , ← ，']],
    ['line breaks, one of them within a number', '本声明于20\n19年9月11日在\n北京签署', ['whitespace: 20\n19 ← 2019', 'whitespace: \n ← ']],
    ['invisible characters', '本声明于2019年9月11日在北\u200b京\0签署', ['whitespace: \u200b ← ', 'whitespace: \0 ← ']],
    ['a radical for a character', '本声明于2019年9⽉11日在北京签署', ['homoglyph: ⽉ ← 月']],
    ['a letter for a digit', '本声明于2О19年9月11日在北京签署', ['homoglyph: 2О19 ← 2019']],
    ['an ellipsis', '本声明于2019年9月11日……用中文、哈萨克文和俄文写成', ['omission: …… ← 在北京签署，一式两份，每份']],
    ['an ellipsis at its beginning', '……本声明于2019年9月11日在北京签署', ['punctuation: …… ← ']],
    ['words before it', '新华社说：本声明于2019年9月11日在北京签署', ['word: 新华社说： ← ']],
  ])('with %s is told so', (_, quote, expected) => {
    expect(told(quote)).toEqual(expected);
  });

  test.each([
    ['a negation left out', 'trade between the two countries shall be restricted', ['negation:  ← not ']],
    ['a word changed', 'trade between the two countries shall not be resisted', ['word: resisted ← restricted']],
    ['capitals', 'Trade between the two countries shall not be restricted', ['case: T ← t']],
    ['a number word', 'They will hold five rounds of talks', ['number: five ← four']],
    ['another month', 'four rounds of talks by 15 June 2021', ['number: June ← May']],
    ['Cyrillic letters', 'trade between the twо соuntries shall not be restricted', ['homoglyph: о ← o', 'homoglyph: со ← co']],
    ['a negation left out, in Russian', 'Стороны допускают ограничений в торговле', ['negation:  ← не ']],
    ['Latin letters in Russian', 'Россия и Kазаxстан развивают сотрудничество', ['homoglyph: K ← К', 'homoglyph: x ← х']],
  ])('of another language with %s is told so', (_, quote, expected) => {
    expect(told(quote, elsewhere)).toEqual(expected);
  });

  test('that reads the same is told from one that says something else', () => {
    const wordingOf = (quote: string) => {
      const body = check(quote);
      return body.verdict === 'altered' ? body.matches.map(({ wording }) => wording) : [];
    };
    expect(wordingOf('本聲明於２０１９年9月11日,在北京簽署')).toEqual(['same']);
    expect(wordingOf('本声明于2019年9月11日在上海签署')).toEqual(['changed']);
  });

  test('put together from two places has both told, in its order', () => {
    const [one, other] = ['哈方坚定奉行一个中国政策，', '支持托卡耶夫总统带领哈萨克斯坦继续实现新发展'];
    expect(check(one + other)).toMatchObject({
      verdict: 'altered',
      arrangement: 'stitched',
      matches: [
        { paragraphId: 'part-1-p5', original: one, differences: [] },
        { paragraphId: 'part-1-p3', original: other, differences: [] },
      ],
    });
  });

  test('that runs over paragraphs as if they were one has both told', () => {
    expect(check(`${HUB} ${DAM}`)).toMatchObject({
      verdict: 'altered',
      arrangement: 'consecutive',
      matches: [{ paragraphId: 'part-3-p2', differences: [{ kind: 'whitespace' }], wording: 'same' }, { paragraphId: 'part-3-p3' }],
    });
  });

  test('with an ellipsis between two paragraphs omits what is between', () => {
    expect(check(`${HUB}……双方愿积极开展《中华人民共和国政府与哈萨克斯坦共和国政府关于跨界河流水量分配协定》`)).toMatchObject({
      arrangement: 'stitched',
      matches: [{ differences: [{ kind: 'omission', quoted: '……', original: '' }] }, { differences: [] }],
    });
  });
});

describe('an absent quotation', () => {
  test.each([
    '今天天气怎么样',
    '国务院关于印发新一代人工智能发展规划的通知，各省、自治区、直辖市人民政府，国务院各部委、各直属机构：请认真贯彻执行。',
    '中美双方就经贸问题进行了坦诚、深入、建设性的交流，双方同意继续保持沟通，共同推动两国关系健康稳定发展。',
    '会议强调，要坚持稳中求进工作总基调，完整、准确、全面贯彻新发展理念，加快构建新发展格局，着力推动高质量发展。',
    '欧盟委员会发表声明，对有关成员国的立场表示关切，并呼吁各方保持克制，通过对话解决分歧。',
    '本条例自公布之日起施行。违反本条例规定的，由县级以上人民政府有关部门责令改正，处一万元以上五万元以下罚款。',
    '双方同意',
    '我们选择登月',
    'Ask not what your country can do for you',
    '？！',
    '……',
  ])('%s', (quote) => {
    expect(check(quote).verdict).toBe('absent');
  });

  test('comes with the paragraphs nearest to it, as nearest only', () => {
    const body = check('双方将共同管理阿拉木图的地铁，并经营霍尔果斯口岸的全部免税商店和酒店，以及联合引水枢纽');
    if (body.verdict !== 'absent') throw new Error(body.verdict);
    expect(body.matches).toEqual([]);
    expect(body.nearest[0]?.paragraphId).toBe('part-3-p2');
    expect(body.nearest.map(({ similarity }) => similarity)).toEqual(
      body.nearest.map(({ similarity }) => similarity).toSorted((a, b) => b - a),
    );
  });
});

describe('several documents', () => {
  test('are all searched, or the one asked for', () => {
    expect(check('shall not be restricted', {}, elsewhere).matches[0]?.documentId).toBe('communique');
    expect(check(SIGNED, { documentId: 'communique' }, elsewhere).verdict).toBe('absent');
    expect(check(SIGNED.replace('北京', '上海'), { documentId: 'statement-again' }, elsewhere).verdict).toBe('altered');
    expect(() => check(SIGNED, { documentId: 'no-such' })).toThrow(expect.objectContaining({ code: 'unknown-document' }));
  });
});

describe('a long quotation', () => {
  const changed = (text: string, every: number) => [...text].map((letter, at) => (at % every === 0 ? '水' : letter)).join('');

  test('of which every fourth character is another is still known', () => {
    const long = statementOf(index).paragraphs.find(({ text }) => text.length > 200)?.text ?? '';
    expect(check(changed(long, 4)).verdict).toBe('altered');
  });

  test('that has nothing of any paragraph but single characters is absent', () => {
    const sown = Array.from({ length: 2000 }, (_, at) => (at % 3 === 0 ? STATEMENT_SOURCE.charAt(at) : '水')).join('');
    expect(check(sown).verdict).toBe('absent');
  });
});

test.each(['“”', '「」', '" "', '“\u200b”', '\u200b', '«　»', "''"])('%j, which quotes nothing, is verbatim nowhere', (quote) => {
  expect(check(quote).verdict).not.toBe('verbatim');
});
