import type { AlteredMatch, QuoteArrangement, QuoteCheckBody, QuoteDifference, VerbatimMatch } from '../wire.ts';

/** How the words stand in the document, for each arrangement of an altered quotation. */
const ALTERED: Record<QuoteArrangement, string> = {
  whole: 'altered: the document has it with differences',
  consecutive: 'altered: it runs over paragraphs that follow each other, with differences',
  stitched: 'altered: it is put together from places apart',
};

/** The outcome of a quote check as lines for a terminal: verdict, places with links, differences. */
export function describeCheck(result: QuoteCheckBody, quote: string): string {
  if (result.verdict === 'absent') {
    const nearest = result.nearest.map(({ label, url }) => `≈ ${label}  ${url}`);
    return ['absent: no document has it', ...(nearest.length > 0 ? ['', 'nearest:', ...nearest] : [])].join('\n');
  }
  const verdict = result.verdict === 'verbatim' ? verbatim(result.matches) : ALTERED[result.arrangement];
  return [verdict, ...result.matches.flatMap((match) => ['', ...describeMatch(match, quote)])].join('\n');
}

const verbatim = (matches: readonly VerbatimMatch[]) =>
  matches.some(({ leftOut }) => leftOut)
    ? 'verbatim: word for word, but it may say the opposite: see what stands right before it'
    : 'verbatim: word for word';

function describeMatch(match: VerbatimMatch | AlteredMatch, quote: string): string[] {
  const { label, url, original, quoteStart, quoteEnd, leftOut } = match;
  const caution = leftOut ? [`caution: right before it stands “${leftOut.text}”`] : [];
  const place = [`${label}  ${url}`, ...caution];
  if (!('differences' in match)) return place;
  const both =
    match.differences.length > 0 ? [`quoted:   ${onOneLine(quote.slice(quoteStart, quoteEnd))}`, `document: ${onOneLine(original)}`] : [];
  return [...place, ...both, ...match.differences.map((difference) => `  ${describeDifference(difference)}`)];
}

const describeDifference = ({ kind, quoted, original }: QuoteDifference) => `${kind}: ${shown(quoted)} → ${shown(original)}`;

/** The characters of a text that shows nothing (spaces, joiners, byte order marks) by their code points: `U+200B`. */
export const nameInvisible = (text: string): string | undefined =>
  /^[\p{White_Space}\p{Cf}]+$/u.test(text)
    ? [...text].map((character) => `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`).join(' ')
    : undefined;

/** Nothing is told as such, and so is what shows nothing. */
const shown = (text: string) => (text === '' ? '(nothing)' : (nameInvisible(text) ?? onOneLine(text)));

const onOneLine = (text: string) => text.replace(/[\r\n]+/g, ' ');
