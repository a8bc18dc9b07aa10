import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import { openStatement, STATEMENT_ID } from '../testing/statement.ts';
import type { DropReason } from './answer-observer.ts';
import { AnswerComposer } from './compose-answer.ts';
import type { ClaimedCitation } from './verify-citations.ts';

const MILITARY: ClaimedCitation = { documentId: STATEMENT_ID, paragraphId: 'part-2-item-9', start: 3, end: 21 };
const PEOPLE: ClaimedCitation = { documentId: STATEMENT_ID, paragraphId: 'part-2-item-14', start: 4, end: 23 };
const MISQUOTED: ClaimedCitation = { ...PEOPLE, quote: '促进双方人员往来，不断提高便利化水平。' };

let index: OpenIndex;
let composer: AnswerComposer;
let dropped: DropReason[];

beforeAll(async () => {
  index = await openStatement();
});

beforeEach(() => {
  dropped = [];
  composer = new AnswerComposer(
    index,
    'zh-Hans',
    'https://policy.example',
    () => 0.5,
    (reason) => dropped.push(reason),
  );
});

const quoted = (...claims: ClaimedCitation[]) => composer.compose({ kind: 'quoted', claims });
const written = (text: string, ...claims: ClaimedCitation[]) => composer.compose({ kind: 'written', text, claims });

describe('AnswerComposer', () => {
  test('shows a quoted sentence as the source’s own words behind their label', () => {
    expect(quoted(MILITARY)?.text).toBe('第二部分第（九）项写道：“发展军工军贸合作，积极落实合作项目。”[1]');
  });

  test('shows a written sentence with the markers of what it rests on', () => {
    expect(written('双方发展军贸，也便利人员往来。', MILITARY, PEOPLE)?.text).toBe('双方发展军贸，也便利人员往来。[1][2]');
  });

  test('says where the quotes stand in what it shows: exactly they, without label and marks', () => {
    quoted(MILITARY);
    const sentence = composer.compose({ kind: 'quoted', claims: [PEOPLE, MILITARY] }, '（模型超时）');
    const text = sentence?.text ?? '';
    expect(text).toMatch(/^\n（模型超时）第二部分/);
    expect(sentence?.citedSpans.map(({ marker, start, end }) => [marker, text.slice(start, end)])).toEqual([
      [2, composer.citations[1]?.quote],
      [1, '发展军工军贸合作，积极落实合作项目。'],
    ]);
  });

  test('says where a written sentence stands, once for each citation', () => {
    quoted(MILITARY);
    const sentence = written('双方发展军贸，也便利人员往来。', MILITARY, PEOPLE);
    const text = sentence?.text ?? '';
    expect(sentence?.citedSpans.map(({ marker, start, end }) => [marker, text.slice(start, end)])).toEqual([
      [1, '双方发展军贸，也便利人员往来。'],
      [2, '双方发展军贸，也便利人员往来。'],
    ]);
  });

  test('counts markers from 1, in order of appearance', () => {
    const citations = [quoted(PEOPLE), quoted(MILITARY)].flatMap((sentence) => sentence?.newCitations ?? []);
    expect(citations.map(({ marker, paragraphId }) => [marker, paragraphId])).toEqual([
      [1, 'part-2-item-14'],
      [2, 'part-2-item-9'],
    ]);
    expect(composer.citations).toEqual(citations);
  });

  test('gives the same span the same marker, and tells each citation once', () => {
    quoted(MILITARY);
    const again = written('双方发展军贸。', MILITARY, PEOPLE);
    expect(again?.text).toContain('[1][2]');
    expect(again?.newCitations.map(({ marker }) => marker)).toEqual([2]);
  });

  test('shows a marker once where a sentence claims the same span twice', () => {
    expect(written('双方发展军贸。', MILITARY, MILITARY)?.text).toBe('双方发展军贸。[1]');
  });

  test('gives a different span of the same paragraph its own marker', () => {
    expect(quoted(MILITARY, { ...MILITARY, end: 11 })?.newCitations.map(({ quote }) => quote)).toEqual([
      '发展军工军贸合作，积极落实合作项目。',
      '发展军工军贸合作',
    ]);
  });

  test('drops a sentence of which one claim fails, and leaves no citation of it behind', () => {
    expect(quoted(MILITARY, MISQUOTED)).toBeUndefined();
    expect(dropped).toEqual(['misquote']);
    expect(composer.citations).toEqual([]);
    expect(quoted(PEOPLE)?.newCitations).toMatchObject([{ marker: 1 }]);
  });

  test('drops a sentence without any claim', () => {
    expect(quoted()).toBeUndefined();
    expect(written('双方友好。')).toBeUndefined();
    expect(dropped).toEqual(['no-claim', 'no-claim']);
  });

  test('drops a written sentence that its quotes do not support', () => {
    expect(written('双方签署了12份合同。', MILITARY)).toBeUndefined();
    expect(written('双方写道：“发展军工”，“发展航天”。', MILITARY)).toBeUndefined();
    expect(dropped).toEqual(['number', 'quotation']);
    expect(composer.citations).toEqual([]);
  });

  test('puts a note before the first sentence and parts the sentences', () => {
    const first = composer.compose({ kind: 'quoted', claims: [MILITARY] }, '（摘录）');
    expect(first?.text.startsWith('（摘录）第二部分')).toBe(true);
    expect(quoted(PEOPLE)?.text.startsWith('\n')).toBe(true);
    expect(written('双方便利人员往来。', PEOPLE)?.text.startsWith(' ')).toBe(true);
  });

  test('describes each citation in full, labelled in the language of the answer', () => {
    const english = new AnswerComposer(
      index,
      'en',
      'https://policy.example',
      () => 0.25,
      () => {},
    );
    const [citation] = english.compose({ kind: 'quoted', claims: [MILITARY] })?.newCitations ?? [];
    expect(citation).toEqual({
      marker: 1,
      ...MILITARY,
      label: 'Part II, item (9)',
      quote: '发展军工军贸合作，积极落实合作项目。',
      url: expect.stringMatching(/^https:\/\/policy\.example\/documents\/.+#part-2-item-9:~:text=/),
      similarity: 0.25,
    });
  });
});
