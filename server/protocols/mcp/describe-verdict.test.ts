import { beforeAll, describe, expect, test } from 'vitest';
import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import { checkQuote } from '../../quote-check/check-quote.ts';
import { openStatement } from '../../testing/statement.ts';
import { titlesFrom } from '../list-sources.ts';
import { describeVerdict } from './describe-verdict.ts';

let index: OpenIndex;

beforeAll(async () => {
  index = await openStatement();
});

const tell = (quote: string) =>
  describeVerdict(checkQuote({ quote, language: 'en' }, { index, publicUrl: 'https://policy.example' }), titlesFrom(index.documents));

const SIGNED = '本声明于2019年9月11日在北京签署';

describe('a verdict in words', () => {
  test('names the place of verbatim words', () => {
    expect(tell(SIGNED)).toMatch(/^Verbatim: .*\n- \[Closing, paragraph 1 · [^\]]+\]\(https:\/\/policy\.example\/documents\/\S+\)$/u);
  });

  test('says so where only the looks differ', () => {
    expect(tell('本聲明於2019年9月11日在北京簽署')).toMatch(
      /^Altered: the wording is the same[\s\S]*has: “本声明于2019年9月11日在北京签署”\n {2}- script: the quotation has “聲”/u,
    );
  });

  test('says which words were exchanged, left out and added', () => {
    expect(tell(SIGNED.replace('北京', '上海'))).toContain('word: the quotation has “上海”, the document “北京”');
    expect(tell(SIGNED.replace('在北京', ''))).toContain('the quotation leaves out “在北京”');
    expect(tell(SIGNED.replace('北京', '中国北京'))).toContain('word: the quotation adds “中国”');
  });

  test('names characters that show nothing', () => {
    expect(tell(SIGNED.replace('北京', '北\u200b京'))).toContain('whitespace: the quotation adds U+200B');
  });

  test('warns where a negation right before is left out, and does not recommend to quote', () => {
    const told = tell('任何形式的“台湾独立”');
    expect(told).toMatch(/^Verbatim: .*they may say the opposite there[\s\S]*Careful: right before it stands “反对”/u);
    expect(told).not.toContain('Quote them with the link');
  });

  test('says where a quotation was put together from', () => {
    const stitched = '哈方反对任何形式的“台湾独立”……坚决反对单边主义和保护主义';
    expect(tell(stitched)).toMatch(/^Altered: put together from places that stand apart/u);
  });

  test('offers the nearest paragraphs of absent words as no matches', () => {
    const text = tell('双方将共同管理阿拉木图的地铁，并经营霍尔果斯口岸的全部免税商店和酒店，以及联合引水枢纽');
    expect(text).toMatch(/^Absent: .*Do not show them as a quotation\.\nThe paragraphs most like it \(no matches\):\n- \[/u);
  });

  test('stays short however many words differ', () => {
    const paragraph =
      [...(index.documents.values().next().value?.paragraphs ?? [])].sort((a, b) => b.text.length - a.text.length)[0]?.text ?? '';
    const doubled = [...paragraph.slice(0, 900)].map((character, at) => (at % 9 === 0 ? `${character}甲` : character)).join('');
    const lines = tell(doubled).split('\n');
    expect(lines.length).toBeLessThan(60);
  });
});
