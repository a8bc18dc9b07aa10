import { expect, test } from 'vitest';
import { tokenizeRendering } from './tokenize-rendering.ts';

test('an alphabetic rendering gives stems and pairs of neighbouring stems', () => {
  expect(tokenizeRendering('Rockets and satellites', 'en')).toEqual(['en:rocket', 'en:satellit', 'en:rocket satellit']);
  expect(tokenizeRendering('железная дорога', 'ru')).toContain('ru:железн дорог');
});

test('a Chinese rendering gives words and bigrams, each once', () => {
  const terms = tokenizeRendering('网上买卖，网上买卖', 'zh-Hans');
  expect(terms).toEqual(expect.arrayContaining(['网上', '买卖']));
  expect(new Set(terms).size).toBe(terms.length);
});
