import { beforeAll, describe, expect, test } from 'vitest';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import type { SourceDocument } from '../../ingest/structure/document.ts';
import { openStatement, STATEMENT_ID, statementOf } from '../testing/statement.ts';
import type { DraftSentence } from './draft.ts';
import { quoteLeadingStatements, quoteOverview, quoteParagraphs, quoteSentences } from './extract-answer.ts';
import { verifyCitations } from './verify-citations.ts';

let index: OpenIndex;
let statement: SourceDocument;

beforeAll(async () => {
  index = await openStatement();
  statement = statementOf(index);
});

const paragraphsOf = (...paragraphIds: string[]) => statement.paragraphs.filter(({ paragraphId }) => paragraphIds.includes(paragraphId));

/** The numbers of a paragraph's sentences in the index. */
const sentencesOf = (paragraphId: string) =>
  [...[...index.sentences].entries()]
    .filter(([, { chunk }]) => index.chunks.at(chunk)?.paragraphId === paragraphId)
    .map(([sentence]) => sentence);

/** What a draft would quote; a draft that claims what is not there fails. */
function quotesOf(drafts: readonly DraftSentence[]): string[] {
  const { verified, rejected } = verifyCitations(
    drafts.flatMap(({ claims }) => claims),
    index.documents,
  );
  expect(rejected).toEqual([]);
  return verified.map(({ quote }) => quote);
}

describe('an extract', () => {
  test('quotes neighbouring sentences as one, others each by itself, in document order', () => {
    const [first = 0, second = 0, , fourth = 0] = sentencesOf('part-1-p4');
    expect(quotesOf(quoteSentences(index, [fourth, second, first]))).toEqual([
      '双方重申，政治互信是中哈全面战略伙伴关系的重要基础。双方将继续在涉及国家主权、安全和领土完整等核心利益问题上相互坚定支持。',
      '不允许第三国、任何组织、团体或人员在本国领土上从事损害对方国家主权、安全和领土完整的活动。',
    ]);
  });

  test('never joins sentences of two paragraphs', () => {
    const last = sentencesOf('part-2-item-9').at(-1) ?? 0;
    expect(quoteSentences(index, [last, last + 1]).map(({ claims }) => claims.length)).toEqual([1, 1]);
  });

  test('of sentences that do not exist is empty', () => {
    expect(quoteSentences(index, [-1, 1_000_000, 0.5])).toEqual([]);
  });

  test('by number quotes whole paragraphs, their item markers too', () => {
    const [quote = ''] = quotesOf(quoteParagraphs(statement, paragraphsOf('part-2-item-9')));
    expect(quote).toBe('（九）发展军工军贸合作，积极落实合作项目。');
  });

  test('of a part quotes each paragraph’s first sentence, without the item marker', () => {
    const drafts = quoteLeadingStatements(statement, paragraphsOf('part-2-item-1', 'part-2-item-9'));
    expect(quotesOf(drafts)).toEqual([
      '扩大双边贸易规模，丰富两国贸易商品结构，发掘双边贸易新增长点，积极探索创新合作，促进高附加值和高新技术产品贸易，努力推动双边贸易平衡发展。',
      '发展军工军贸合作，积极落实合作项目。',
    ]);
  });

  test('of the whole quotes how each part begins, signatures left out', () => {
    const drafts = quoteOverview(statement);
    quotesOf(drafts);
    const sections = drafts.flatMap(({ claims }) => claims.map(({ paragraphId }) => paragraphId.replace(/-(?:p|item-)\d+$/, '')));
    expect(sections).toEqual(['preamble', 'part-1', 'part-2', 'part-3', 'part-4', 'part-5', 'closing']);
    expect(drafts.every(({ claims }) => claims.every(({ documentId }) => documentId === STATEMENT_ID))).toBe(true);
  });
});
