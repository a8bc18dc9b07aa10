import { beforeAll, describe, expect, test } from 'vitest';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import { checkQuote } from '../quote-check/check-quote.ts';
import { openStatement, STATEMENT_ID } from '../testing/statement.ts';
import { readPageTexts } from './page-texts.ts';
import { marksOf, quoteCheckView } from './quote-check-view.ts';

let index: OpenIndex;
const texts = readPageTexts()['zh-Hans'];

beforeAll(async () => {
  index = await openStatement();
});

const check = (quote: string) => ({
  quote,
  result: checkQuote({ quote, documentId: STATEMENT_ID }, { index, publicUrl: 'https://a.example' }),
});
const viewOf = (quote: string) => {
  const { outcome } = quoteCheckView(check(quote), texts);
  if ('problem' in outcome) throw new Error(`not checked: ${outcome.problem}`);
  return outcome;
};

describe('what a reader is told of a quotation', () => {
  test.each([
    ['深化油气、和平利用核能、电力、可再生能源等领域合作', 'verbatim'],
    ['允许第三国、任何组织、团体或人员在本国领土上从事损害对方国家主权', 'verbatim-after-negation'],
    ['不允许第三国、任何组织、团体或人员在本国领土上从事损害对方国家主权', 'verbatim'],
    ['深化油氣、和平利用核能、電力、可再生能源等領域合作', 'same-wording'],
    ['深化油气、和平利用核能、煤炭、可再生能源等领域合作', 'changed'],
    ['双方愿继续提高合作水平……促进双方人员往来，不断提升便利化水平。', 'stitched'],
    ['双方将共同管理阿拉木图的地铁，并经营霍尔果斯口岸的全部免税商店和酒店，以及联合引水枢纽', 'absent'],
    ['双方将在月球南极联合建设科研站，并开展载人登月合作。', 'nothing-alike'],
  ])('%s: %s', (quote, name) => {
    expect(viewOf(quote).name).toBe(name);
  });

  test('shows what stands in both, and what the one and the other has instead', () => {
    const [match] = viewOf('中方欢迎并邀请哈方作为主宾国参加2019年12月在上海举办的第二届中国國际进口博览会').matches;
    const segments = match?.segments ?? [];
    const side = (name: 'quoted' | 'original') =>
      segments.map((segment) => ('same' in segment ? segment.same : (segment.difference[name] ?? ''))).join('');
    expect(side('quoted')).toBe('中方欢迎并邀请哈方作为主宾国参加2019年12月在上海举办的第二届中国國际进口博览会');
    expect(side('original')).toBe('中方欢迎并邀请哈方作为主宾国参加2019年11月在上海举办的第二届中国国际进口博览会');
    expect(match?.wording?.differences.map(({ kindName, quoted, original }) => [kindName, quoted, original])).toEqual([
      ['数字或日期', '12', '11'],
    ]);
    expect(match?.form?.kinds.map(({ count }) => count)).toEqual([1]);
  });

  test('shows a space too many as a sign, as nobody sees a space', () => {
    const [match] = viewOf('加强航天领域合作，定期举行 专家磋商').matches;
    const differences = match?.segments.flatMap((segment) => ('difference' in segment ? [segment.difference] : []));
    expect(differences?.map(({ quoted, original }) => [quoted, original])).toEqual([['␣', undefined]]);
  });

  test('names the negation that a quotation word for word leaves out, and shows it before it', () => {
    const { title, matches } = viewOf('“单边主义和保护主义”');
    expect(title).toBe('逐字相符，但原文在这之前还有“反对”');
    expect(matches.map(({ leftOut }) => leftOut)).toEqual(['反对']);
  });

  test('names the nearest paragraphs of what is not there, and marks nothing', () => {
    const absent = check('双方将共同管理阿拉木图的地铁，并经营霍尔果斯口岸的全部免税商店和酒店，以及联合引水枢纽');
    expect(absent.result.verdict).toBe('absent');
    expect(marksOf(absent).size).toBe(0);
    const { outcome } = quoteCheckView(absent, texts);
    const nearest = 'nearest' in absent.result ? absent.result.nearest.map(({ paragraphId }) => paragraphId) : [];
    expect(nearest).toContain('part-3-p2');
    expect('nearest' in outcome ? (outcome.nearest?.paragraphs.map(({ paragraphId }) => paragraphId) ?? []) : []).toEqual(nearest);
  });

  test('says that there may be more places where ten are told', () => {
    expect(['双方', '丝绸之路经济带'].map((quote) => [viewOf(quote).matches.length, viewOf(quote).isCutOff])).toEqual([
      [10, true],
      [2, false],
    ]);
  });

  test('marks in the text what was quoted', () => {
    const marks = marksOf(check('深化油气、和平利用核能、电力、可再生能源等领域合作'));
    expect([...marks.keys()]).toEqual(['part-2-item-3']);
  });
});
