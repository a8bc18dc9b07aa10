import type { Span } from '../../ingest/structure/document.ts';
import { shadowOf } from '../../ingest/text/shadow-text.ts';
import { LEADING_NEGATIONS } from './classify-difference.ts';

/** UTF-16 units before a match that are read: more than the longest word below with a space and a mark behind it. */
const REACH = 24;
/** What turns the words after it round without being a “not”. */
const REFUSALS = [
  ...['不得', '不会', '不能', '不应', '不可', '不许', '不准', '不再', '反对', '禁止', '拒绝'],
  ...['oppose', 'opposes', 'opposed', 'against', 'reject', 'rejects', 'prohibit', 'prohibits', 'против'],
];
/** Words that only end in such a character: South Africa, Asia and Africa, unless; sunk. */
const OTHER_WORDS = '(?<![南北东西中亚欧除是]非|[淹埋出沉]没)';

const isHan = (word: string) => /\p{Script=Han}/u.test(word);
const words = [...LEADING_NEGATIONS, ...REFUSALS];
const chinese = words.filter(isHan).join('|');
const spaced = words.filter((word) => !isHan(word)).join('|');
/** Between the word and the match may be a space and what opens: 反对“…. */
const LEFT_OUT = new RegExp(
  `(?:(?:${chinese})${OTHER_WORDS}|(?<![\\p{L}\\p{M}'’])(?:${spaced}|\\p{L}+n['’]t))[\\p{Ps}\\p{Pi}\\p{Z}"']*$`,
  'u',
);

/**
 * The negation that a text has right before `start`: of 不允许第三国 a quotation may have 允许第三国, word for word. It runs up to `start`.
 * Kazakh negates by suffixes, so there is nothing before a match.
 */
export function findLeftOut(text: string, start: number): (Span & { text: string }) | undefined {
  const from = Math.max(0, start - REACH);
  const before = shadowOf(text.slice(from, start))
    .map(({ raw, normalized }) => (normalized.length === raw.length ? normalized : raw))
    .join('');
  const found = LEFT_OUT.exec(before);
  if (!found) return undefined;
  const span = { start: from + found.index, end: start };
  return { ...span, text: text.slice(span.start, span.end) };
}
