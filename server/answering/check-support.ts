import { normalizeText } from '../../ingest/text/normalize-text.ts';
import { type NameVocabulary, namesAreCited } from './support/check-names.ts';
import { negationsAreCited } from './support/check-negations.ts';
import { numbersAreCited } from './support/check-numbers.ts';
import { resolveYears } from './support/resolve-years.ts';

/** Every mark that opens a quotation, with those that close it. A mark left out here would let invented words pass as a quote. */
const CLOSED_BY = new Map([
  ['“', '”'],
  ['❝', '❞'],
  ['❛', '❜'],
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
  ['″', '″'],
  ['＇', '＇'],
]);
/** Closing marks that are nothing else: alone they would end a quotation that has no beginning. (’ is an apostrophe, too.) */
const CLOSERS = new Set('”❞❜」』﹂﹄〞〟»›');
/** A straight apostrophe between letters is none: “China's”. */
const STRAIGHT_QUOTE = /(?<![\p{Script=Latin}\p{Script=Cyrillic}\d])'([^']*)'(?![\p{Script=Latin}\p{Script=Cyrillic}])/gu;

/** Anything of ours that a model must not imitate: markers of citations (any square bracket), markup, links. */
const FORBIDDEN = /[[\]［］【】〔〕〚〛⟦⟧<>＜＞`*\\]|https?:|www\.|&#?\w+;/iu;
/** What a reader does not see, or not where it stands: a sentence is one line of visible characters in their order. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/u;
/** A word of letters that look alike across alphabets reads as another than it is: Nаto with a Cyrillic а. */
const MIXED_WORD =
  /\p{Script=Latin}\p{M}*[\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}]\p{M}*\p{Script=Latin}/u;
/** Titles of documents and the like: 《…》. */
const TITLE = /[《〈]([^《》〈〉]*)[》〉]/gu;

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
 * What a sentence rests on: the quotes that it cites, the titles of their documents, which say whom 双方 means, and their dates, which
 * say what 今年 means. The dates belong to the quotes by their place.
 */
export type SentenceEvidence = { quotes: readonly string[]; titles: readonly string[]; dates: readonly (string | undefined)[] };

/** What a sentence has that its citations do not bear out; `markup`, `unseen` and `mixed-word` are never shown, whatever they cite. */
export const UNSUPPORTED_REASONS = ['markup', 'unseen', 'mixed-word', 'quotation', 'title', 'number', 'negation', 'name'] as const;
export type UnsupportedReason = (typeof UNSUPPORTED_REASONS)[number];

/**
 * Why a model's own sentence may not be shown beside its citations; `undefined` where it may: what it puts in quotation marks is the
 * cited text's own words to the letter; every title, number, date, name and denial in it stands in the cited text; and it holds no
 * marker, markup or link, and nothing that a reader would not see.
 */
export function findUnsupported(
  sentence: string,
  { quotes, titles, dates }: SentenceEvidence,
  vocabulary: NameVocabulary,
): UnsupportedReason | undefined {
  if (FORBIDDEN.test(sentence)) return 'markup';
  if (UNSEEN.test(sentence)) return 'unseen';
  if (MIXED_WORD.test(sentence)) return 'mixed-word';
  const stretches = quotedStretches(sentence);
  if (!stretches?.every((words) => quotes.some((quote) => quote.includes(words)))) return 'quotation';
  const told = quotes.map(normalizeText);
  const evidence = [...told, ...told.flatMap((quote, place) => resolveYears(quote, dates[place]) ?? [])].join('\n');
  const stated = normalizeText(sentence);
  const named = normalizeText(titles.join('\n'));
  if (!titlesAreCited(sentence, `${evidence}\n${named}`)) return 'title';
  if (!numbersAreCited(sentence, stated, evidence)) return 'number';
  if (!negationsAreCited(stated, evidence)) return 'negation';
  return namesAreCited({ text: sentence, normalised: stated }, `${evidence}\n${named}`, vocabulary) ? undefined : 'name';
}

function titlesAreCited(sentence: string, evidence: string): boolean {
  const titles = [...sentence.matchAll(TITLE)].map(([, title = '']) => folded(title));
  if (titles.length === 0) return true;
  const compact = evidence.replace(/\s+/gu, '');
  return titles.every((title) => compact.includes(title));
}
