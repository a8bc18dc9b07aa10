import { describe, expect, test } from 'vitest';
import { answerKindsOf } from './answer-kinds.ts';

describe('what kind of thing a question wants named', () => {
  test.each([
    ['声明是什么时候签署的?', ['date']],
    ['when was it signed?', ['date']],
    ['когда подписано заявление?', ['date']],
    ['форум қашан өтті?', ['date']],
    ['基金的规模有多大?', ['quantity']],
    ['how many trains run?', ['quantity']],
    ['声明有几种语言的文本?', ['count']],
    ['建交多少年了?', ['duration']],
    ['谁签署了声明?', ['person']],
    ['кто министр?', ['person']],
    ['合作中心由谁运营?', ['actor']],
    ['论坛在哪个城市召开?', ['place']],
    ['where was the forum held?', ['place']],
    ['哪家公司承建?', ['organisation']],
    ['which chinese banks will open branches?', ['organisation']],
    ['互译的小说有哪几本?', ['names']],
    ['为什么取消论坛?', ['reason']],
    ['什么时候、在哪里办的?', ['date', 'place']],
  ])('%s wants: %s', (question, kinds) => {
    expect(answerKindsOf(question)).toEqual(kinds);
  });

  test.each([
    '那几个领域合作得怎么样',
    'where do these two stand on protectionism?',
    'как они смотрят на то, что кто-то закрывает рынок?',
    '那几点内容',
    'people who live near the border',
    // The document is asked for: its sentences need not say their year.
    '哪年的声明提到电子商务?',
    '哪1年的联合声明谈到核电?',
    "which year's statement mentions e-commerce?",
  ])('%s wants none in particular', (question) => {
    expect(answerKindsOf(question)).toEqual([]);
  });
});
