import { beforeAll, expect, test } from 'vitest';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import { openStatement } from '../testing/statement.ts';
import { understandQuestion } from './understand-question.ts';

let index: OpenIndex;

beforeAll(async () => {
  index = await openStatement();
});

test.each([
  '声明是什么时候发表的？',
  '什么时候签的？',
  '哪天签署的？',
  '聲明是哪一年發布的？',
  '谁签的字？',
  'When was it signed?',
  'Where was the statement published?',
  'Когда подписано заявление?',
  'Мәлімдемеге қашан қол қойылды?',
])('“%s” asks of the making of the document', (question) => {
  expect(understandQuestion(question, index).asksOfMaking).toBe(true);
});

test.each([
  '睦邻友好合作条约是什么时候签的？',
  '什么时候签了自贸协定？',
  '签证什么时候免？',
  'When was the treaty on good-neighbourliness signed?',
  'There is an older deal on business visas. When was it concluded?',
  '双方签署了什么？',
  '第二届博览会什么时候举办？',
])('“%s” asks of something else', (question) => {
  expect(understandQuestion(question, index).asksOfMaking).toBe(false);
});

test('a question that leans on the one before it asks of what that one named', () => {
  const history = [{ role: 'user' as const, content: '睦邻友好合作条约是什么？' }];
  expect(understandQuestion('它是什么时候签的？', index, history).asksOfMaking).toBe(false);
});
