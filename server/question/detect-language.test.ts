import { expect, test } from 'vitest';
import { detectLanguage } from './detect-language.ts';

test.each([
  ['第二届进口博览会在哪里举办？', 'zh-Hans'],
  ['第二屆進口博覽會在哪裡舉辦？', 'zh-Hant'],
  ['Where is the second import expo held?', 'en'],
  ['Где проходит вторая выставка?', 'ru'],
  ['Екінші көрме қайда өтеді?', 'kk'],
  ['ҚАЗАҚСТАН', 'kk'],
  ['一带一路', 'zh-Hans'],
  ['霍尔果斯 Khorgos', 'zh-Hans'],
  ['What does 一带 mean in this text about trade?', 'en'],
  ['Что такое SCO?', 'ru'],
])('detectLanguage takes “%s” for %s', (question, language) => {
  expect(detectLanguage(question)).toBe(language);
});

test.each(['', '   ', '2019?', '😀😀', '（六）'.replace('六', '6'), '\uFFFD'])(
  'detectLanguage cannot tell the language of “%s”',
  (question) => {
    expect(detectLanguage(question)).toBeUndefined();
  },
);
