import fc from 'fast-check';

const CHARACTERS = [
  ...'中哈双方合作声明领域的了在于年月日',
  ...'〇一二三四五六七八九十百第章节条',
  ...'0123456789',
  ...'（）()【】《》“”「」"\'',
  ...'。！？；：，、.!?;:,…',
  ...' \t\n\r\u3000\u00a0\u2028\ufeff',
  ...'IVXLⅠⅫabcZЖқ',
  '𠀀',
  '（签字）',
  '\u3000\u3000',
  '\n\n',
  '（一）',
  '1. ',
  '一、',
  '第一章 ',
  '第一条 ',
  '2019-09-12',
];

/** Texts made of what official texts are made of, in any order. */
export const officialText = (maxLength = 200): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...CHARACTERS), { maxLength }).map((characters) => characters.join(''));
