import type { Span } from './document.ts';

const TERMINATORS = new Set('。！？!?…');
const CLOSERS = new Set('”’」』）)》〉】]"\'');
/** Abbreviations after which a full stop ends no sentence. */
const ABBREVIATIONS = new Set([
  'mr',
  'mrs',
  'ms',
  'dr',
  'prof',
  'st',
  'no',
  'art',
  'para',
  'vol',
  'fig',
  'e.g',
  'i.e',
  'cf',
  'ст',
  'г',
  'гг',
  'им',
  'т.е',
  'т.д',
  'т.п',
]);

/**
 * Sentences of a paragraph for Chinese and Western punctuation, without the white space between them and without the
 * item marker in front. Closing quotation marks and brackets belong to the sentence they close. Linear in the text.
 * @param from where the first sentence starts, e.g. behind the item marker `（六）`
 */
export function splitSentences(text: string, from = 0): Span[] {
  const sentences: Span[] = [];
  let start = from;
  const close = (end: number) => {
    while (start < end && /\s/u.test(text.charAt(start))) start++;
    let last = end;
    while (last > start && /\s/u.test(text.charAt(last - 1))) last--;
    if (last > start) sentences.push({ start, end: last });
    start = end;
  };
  for (let index = from; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === '\n') close(index + 1);
    else if (TERMINATORS.has(character) || (character === '.' && endsWesternSentence(text, index))) {
      let end = index + 1;
      while (end < text.length && (TERMINATORS.has(text.charAt(end)) || CLOSERS.has(text.charAt(end)))) end++;
      close(end);
      index = end - 1;
    }
  }
  close(text.length);
  return sentences;
}

/** A full stop ends a sentence before white space and a capital, a Han character or the end, but not after an abbreviation. */
function endsWesternSentence(text: string, index: number): boolean {
  const rest = text.slice(index + 1, index + 6);
  if (!/^["'”’)\]]?(?:\s+["'“‘(]?[\p{Lu}\p{Script=Han}\d]|\s*$|\p{Script=Han})/u.test(rest)) return false;
  const word = /[\p{L}.]+$/u.exec(text.slice(Math.max(0, index - 12), index))?.[0] ?? '';
  return !ABBREVIATIONS.has(word.toLowerCase()) && !/^\p{Lu}$/u.test(word);
}
