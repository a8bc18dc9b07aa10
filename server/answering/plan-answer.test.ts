import { beforeAll, describe, expect, test } from 'vitest';
import { EmbeddingModel } from '../../ingest/embedding/embedding-model.ts';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import { understandQuestion } from '../question/understand-question.ts';
import { openStatement } from '../testing/statement.ts';
import { planAnswer } from './plan-answer.ts';

let index: OpenIndex;

beforeAll(async () => {
  index = await openStatement();
});

async function plan(question: string) {
  const retriever = { index, embeddingModel: new EmbeddingModel({}) };
  return planAnswer(retriever, understandQuestion(question, index), { question }, (error) => {
    throw error;
  });
}

async function paragraphsOf(question: string): Promise<string[]> {
  const planned = await plan(question);
  return planned.status === 'planned'
    ? planned.drafts.flatMap(({ claims }) => claims.map(({ paragraphId }) => paragraphId))
    : [planned.reason];
}

describe('planAnswer', () => {
  test('quotes the whole item that is asked for by number, and no model rewrites it', async () => {
    expect(await paragraphsOf('第二部分第（六）条讲什么')).toEqual(['part-2-item-6']);
    expect((await plan('item 8 of part two')).mayBeWritten).toBe(false);
  });

  test('quotes every item of a range', async () => {
    expect(await paragraphsOf('第二部分第六至八项')).toEqual(['part-2-item-6', 'part-2-item-7', 'part-2-item-8']);
    expect(await paragraphsOf('items 3 and 4 of part 2')).toEqual(['part-2-item-3', 'part-2-item-4']);
  });

  test('tells a part by the leading sentence of each of its paragraphs', async () => {
    expect(await paragraphsOf('第四部分说了什么')).toEqual([1, 2, 3, 4, 5, 6].map((number) => `part-4-p${number}`));
  });

  test('tells the whole by how each part begins', async () => {
    expect(await paragraphsOf('概括一下')).toEqual([
      'preamble-p4',
      'part-1-p1',
      'part-2-p1',
      'part-3-p1',
      'part-4-p1',
      'part-5-p1',
      'closing-p1',
    ]);
  });

  test('tells when and where the document was made by its end, and who made it by the signatures', async () => {
    expect(await paragraphsOf('声明是什么时候发表的？')).toEqual(['closing-p1']);
    expect(await paragraphsOf('谁签的字？')).toEqual(['signatures-p1']);
    expect(await paragraphsOf('When was it signed, and who signed it?')).toEqual(['closing-p1', 'signatures-p1']);
  });

  test('looks for the matter within the part that is named', async () => {
    expect(await paragraphsOf('第四部分关于腐败说了什么？')).toEqual(['part-4-p6']);
  });

  test.each([
    ['第二部分第二十项讲什么', 'no-such-paragraph'],
    ['part seven', 'no-such-paragraph'],
    ['今天北京的股市收盘多少点？', 'off-topic'],
    ['你好', 'off-topic'],
    ['你觉得这份声明好不好？', 'off-topic'],
    ['航天合作会用哪种火箭？', 'no-evidence'],
    ['双方为什么决定取消第二届中哈地方合作论坛？', 'no-evidence'],
    ['中国和乌兹别克斯坦签了什么协定？', 'no-evidence'],
    ['2015年的联合宣言里规定了哪些项目？', 'no-evidence'],
    ['Which airline will fly tourists to Almaty?', 'no-evidence'],
  ])('declines %s: %s', async (question, reason) => {
    expect(await paragraphsOf(question)).toEqual([reason]);
  });
});
