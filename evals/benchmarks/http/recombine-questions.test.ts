import { expect, test } from 'vitest';
import type { EvalCase } from '../../statement/eval-case.ts';
import { cutInHalf, recombineQuestions } from './recombine-questions.ts';

const asked = (language: EvalCase['language'], question: string): EvalCase => ({
  id: question,
  kind: 'fact',
  half: 'tuning',
  language,
  question,
  expect: { status: 'abstained', nearest: [] },
});

const CASES = [
  asked('zh-Hans', '第二届进口博览会在哪里举办？'),
  asked('zh-Hans', '双方的天然气合作有多大规模？'),
  asked('zh-Hant', '兩國建交多少年了？'),
  asked('zh-Hant', '中國與哈薩克何時簽約？'),
  asked('en', 'Where is the expo held this year?'),
  asked('en', 'Who signed the statement for each side?'),
  asked('ru', 'Какие работы завершили на реке?'),
  asked('ru', 'Кто подписал заявление сторон?'),
  asked('kk', 'Құжатта қандай бағыттар аталған?'),
  asked('kk', 'Екі ел қандай ұйымдар құрды?'),
];

test('no two questions are alike, and a seed makes the same ones again', () => {
  const questions = recombineQuestions(CASES, 20, 7);
  expect(new Set(questions).size).toBe(20);
  expect(recombineQuestions(CASES, 20, 7)).toEqual(questions);
  expect(recombineQuestions(CASES, 20, 8)).not.toEqual(questions);
});

test('a question is cut between two words, and nothing of it is lost', () => {
  expect(cutInHalf('Where is the expo held this year?', 'en')).toEqual(['Where is the ', 'expo held this year?']);
  for (const { question, language } of CASES) expect(cutInHalf(question, language).join('')).toBe(question);
});
