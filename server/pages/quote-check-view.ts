import type { Span } from '../../ingest/structure/document.ts';
import { MOST_MATCHES } from '../quote-check/check-quote.ts';
import type { AlteredMatch, DifferenceKind, NearbyParagraph, QuoteCheckBody, QuoteDifference, VerbatimMatch } from '../wire.ts';
import type { Marks } from './document-view.ts';
import type { PageTexts, QuoteProblem, VerdictName } from './page-texts.ts';

/** What became of a quotation that a reader had checked. */
export type QuoteCheck = { quote: string } & ({ problem: QuoteProblem } | { result: QuoteCheckBody });

const FORM_KINDS: ReadonlySet<DifferenceKind> = new Set(['script', 'width', 'punctuation', 'whitespace', 'case', 'homoglyph']);
const isForm = ({ kind }: QuoteDifference) => FORM_KINDS.has(kind);

/** Where the text has what was quoted. */
export function marksOf(check: QuoteCheck | undefined): Marks {
  const marks = new Map<string, Span[]>();
  if (check === undefined || 'problem' in check) return marks;
  for (const { paragraphId, start, end } of check.result.matches)
    marks.set(paragraphId, [...(marks.get(paragraphId) ?? []), { start, end }]);
  return marks;
}

/** The view model of a check's outcome. */
export function quoteCheckView(check: QuoteCheck, texts: PageTexts) {
  if ('problem' in check) return { outcome: { title: texts.page['checkQuote'], problem: texts.quoteProblems[check.problem] } };
  const { result, quote } = check;
  const name = nameVerdict(result);
  const { title, explanation } = texts.verdicts[name];
  return {
    outcome: {
      title: title.replace('{words}', () => leftOutOf(result).join(' / ')),
      explanation,
      name,
      isConsecutive: result.verdict !== 'absent' && result.arrangement === 'consecutive',
      // There may be more than these.
      isCutOff: result.verdict !== 'absent' && result.arrangement === 'whole' && result.matches.length === MOST_MATCHES,
      hasDifferences: result.verdict === 'altered' && result.matches.some(({ differences }) => differences.length > 0),
      matches: result.matches.map((match) => matchView(match, texts)),
      unmatched: unmatchedStretches(result, quote),
      nearest: 'nearest' in result && result.nearest.length > 0 ? { paragraphs: result.nearest.map(placeView) } : undefined,
    },
  };
}

/** What all places have before the quotation, without the marks between; nothing where one has nothing. */
function leftOutOf({ matches }: QuoteCheckBody): string[] {
  // A quotation that runs over paragraphs begins in the first.
  const beginnings = matches.filter(({ quoteStart }) => quoteStart === matches[0]?.quoteStart);
  const words = beginnings.map(({ leftOut }) => leftOut?.text.replace(/[\p{P}\s]+$/u, '') ?? '');
  return words.includes('') ? [] : [...new Set(words)];
}

function nameVerdict(result: QuoteCheckBody): VerdictName {
  if (result.verdict === 'absent') return result.nearest.length > 0 ? 'absent' : 'nothing-alike';
  if (result.verdict === 'verbatim') return leftOutOf(result).length > 0 ? 'verbatim-after-negation' : 'verbatim';
  if (result.arrangement === 'stitched') return 'stitched';
  return result.matches.every(({ wording }) => wording === 'same') ? 'same-wording' : 'changed';
}

const placeView = ({ paragraphId, label }: Pick<NearbyParagraph, 'paragraphId' | 'label'>) => ({ paragraphId, label });

function matchView(match: VerbatimMatch | AlteredMatch, texts: PageTexts) {
  const differences = 'differences' in match ? match.differences : [];
  const wording = differences.filter((difference) => !isForm(difference)).map((difference) => differenceView(difference, texts));
  const form = countKinds(differences.filter(isForm)).map(({ kind, count }) => ({ kindName: texts.differences[kind], count }));
  return {
    ...placeView(match),
    leftOut: match.leftOut?.text,
    segments: segmentsOf(match, differences, texts),
    wording: wording.length > 0 ? { differences: wording } : undefined,
    form: form.length > 0 ? { kinds: form } : undefined,
  };
}

function differenceView(difference: QuoteDifference, texts: PageTexts) {
  return {
    kindName: texts.differences[difference.kind],
    isForm: isForm(difference),
    quoted: visible(difference.quoted),
    original: visible(difference.original),
  };
}

/** Characters that show nothing would make a difference that nobody sees. */
const visible = (text: string) => (text === '' ? undefined : /^[\p{White_Space}\p{Cf}]+$/u.test(text) ? '␣' : text);

/** The original with the differences in their places: what stands in both, and what the one and the other has instead. */
function segmentsOf(match: VerbatimMatch, differences: QuoteDifference[], texts: PageTexts) {
  const segments: ({ same: string } | { difference: ReturnType<typeof differenceView> })[] = [];
  let position = match.start;
  const keep = (end: number) => {
    if (end > position) segments.push({ same: match.original.slice(position - match.start, end - match.start) });
  };
  for (const difference of differences) {
    keep(difference.start);
    segments.push({ difference: differenceView(difference, texts) });
    position = difference.end;
  }
  keep(match.end);
  return segments;
}

function countKinds(differences: QuoteDifference[]): { kind: DifferenceKind; count: number }[] {
  const counts = new Map<DifferenceKind, number>();
  for (const { kind } of differences) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => ({ kind, count }));
}

/** What the quotation says between and around the parts that were found, if that holds any letter or digit. */
function unmatchedStretches(result: QuoteCheckBody, quote: string) {
  if (result.verdict === 'absent' || result.arrangement === 'whole') return undefined;
  const stretches: string[] = [];
  let position = 0;
  for (const { quoteStart, quoteEnd } of result.matches) {
    stretches.push(quote.slice(position, quoteStart));
    position = Math.max(position, quoteEnd);
  }
  stretches.push(quote.slice(position));
  const words = stretches.map((stretch) => stretch.trim()).filter((stretch) => /[\p{L}\p{N}]/u.test(stretch));
  return words.length > 0 ? { stretches: words } : undefined;
}
