import { normalizeText } from '../../ingest/text/normalize-text.ts';

/** Every mark that opens a quotation, with those that close it. A mark left out here would let invented words pass as a quote. */
const CLOSED_BY = new Map([
  ['“', '”'],
  ['„', '“”'],
  ['‟', '”'],
  ['‘', '’'],
  ['‚', '‘’'],
  ['「', '」'],
  ['『', '』'],
  ['﹁', '﹂'],
  ['﹃', '﹄'],
  ['〝', '〞〟'],
  ['«', '»'],
  ['‹', '›'],
  ['"', '"'],
  ['＂', '＂'],
]);
/** Closing marks that are nothing else: alone they would end a quotation that has no beginning. (’ is an apostrophe, too.) */
const CLOSERS = new Set('”」』﹂﹄〞〟»›');
/** A straight apostrophe between letters is none: “China's”. */
const STRAIGHT_QUOTE = /(?<![\p{Script=Latin}\p{Script=Cyrillic}\d])'([^']*)'(?![\p{Script=Latin}\p{Script=Cyrillic}])/gu;

const NUMBER = /\d+(?:[.,]\d+)*/gu;
/** Numbers in Chinese characters: two at least, since one alone (两国, 一致) seldom counts anything. */
const CHINESE_NUMBER = /百分之[〇零一二两三四五六七八九十百]+|[〇零一二两三四五六七八九十百千万亿]{2,}/gu;
/** Anything of ours that a model must not imitate: markers of citations, and markup. */
const FORBIDDEN = /[[［【]\s*\d+\s*[\]］】]|[<>]|https?:|\]\(/iu;

const folded = (text: string) => normalizeText(text).replace(/\s+/gu, '');

/** The stretches in quotation marks, or `undefined` where one has no end or no beginning. */
function quotedStretches(sentence: string): string[] | undefined {
  const stretches = [...sentence.matchAll(STRAIGHT_QUOTE)].map(([, words]) => words ?? '');
  for (let index = 0; index < sentence.length; index++) {
    const closers = CLOSED_BY.get(sentence.charAt(index));
    if (closers === undefined && CLOSERS.has(sentence.charAt(index))) return undefined;
    if (closers === undefined) continue;
    let end = index + 1;
    while (end < sentence.length && !closers.includes(sentence.charAt(end))) end++;
    if (end === sentence.length) return undefined;
    stretches.push(sentence.slice(index + 1, end));
    index = end;
  }
  return stretches;
}

/**
 * Whether a model's own sentence may be shown beside its citations: what it puts in quotation marks is the cited text's own
 * words to the letter, every number in it stands in the cited text, and it holds no marker, markup or link.
 */
export function isSupported(sentence: string, quotes: readonly string[]): boolean {
  if (FORBIDDEN.test(sentence)) return false;
  const stretches = quotedStretches(sentence);
  if (!stretches?.every((words) => quotes.some((quote) => quote.includes(words)))) return false;
  const evidence = quotes.map(folded).join('\n');
  const stated = folded(sentence);
  const numbers = new Set(evidence.match(NUMBER));
  return (
    (normalizeText(sentence).match(NUMBER) ?? []).every((number) => numbers.has(number)) &&
    (stated.match(CHINESE_NUMBER) ?? []).every((number) => evidence.includes(number))
  );
}
