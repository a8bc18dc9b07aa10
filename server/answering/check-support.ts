import { normalizeText } from '../../ingest/text/normalize-text.ts';

const QUOTED = [/“([^”]*)”/gu, /「([^」]*)」/gu, /『([^』]*)』/gu, /«([^»]*)»/gu, /"([^"]*)"/gu];
const NUMBER = /\d+(?:[.,]\d+)*/gu;
/** Anything of ours that a model must not imitate: markers of citations, and markup. */
const FORBIDDEN = /\[\d+\]|[<>]|https?:|\]\(/iu;

const folded = (text: string) => normalizeText(text).replace(/\s+/gu, '');

/**
 * Whether a model's own sentence may be shown beside its citations: what it puts in quotation marks is the cited text's own
 * words, every number in it stands in the cited text, and it holds no marker, markup or link.
 */
export function isSupported(sentence: string, quotes: readonly string[]): boolean {
  if (FORBIDDEN.test(sentence)) return false;
  const evidence = quotes.map(folded).join('\n');
  for (const pattern of QUOTED) {
    for (const [, words] of sentence.matchAll(pattern)) if (words !== undefined && !evidence.includes(folded(words))) return false;
  }
  const numbers = new Set(evidence.match(NUMBER));
  return (normalizeText(sentence).match(NUMBER) ?? []).every((number) => numbers.has(number));
}
