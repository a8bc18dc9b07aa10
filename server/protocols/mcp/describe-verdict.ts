import { inQuotationMarks } from '../../answering/answer-phrases.ts';
import { nameInvisible } from '../../quote-check/describe-check.ts';
import type { AlteredMatch, NearbyParagraph, QuoteCheckBody, QuoteDifference, VerbatimMatch } from '../../wire.ts';
import type { TitleOf } from '../list-sources.ts';
import { markdownLink } from '../markdown-link.ts';

/** Further ones are left to the structured content: a long quotation may differ in every word. */
const MOST_DIFFERENCES = 20;

/** A verdict in words that an assistant can act on. In English, as assistants are instructed; places and quotes are as they are. */
export function describeVerdict(body: QuoteCheckBody, titleOf: TitleOf): string {
  const lines = linesOf(body, (place) => markdownLink(titleOf(place), place.url));
  return lines.join('\n');
}

type LinkTo = (place: VerbatimMatch | NearbyParagraph) => string;

function linesOf(body: QuoteCheckBody, linkTo: LinkTo): string[] {
  switch (body.verdict) {
    case 'verbatim':
      return [
        `Verbatim: the documents have these words character by character${body.arrangement === 'consecutive' ? ', running over consecutive paragraphs' : ''}. ${body.matches.some(({ leftOut }) => leftOut) ? 'But they may say the opposite there: do not quote them without what stands before.' : 'Quote them with the link.'}`,
        ...body.matches.flatMap((match) => [`- ${linkTo(match)}`, ...describeLeftOut(match)]),
      ];
    case 'altered':
      return [headline(body), ...body.matches.flatMap((match) => describeAltered(match, linkTo))];
    case 'absent':
      return [
        'Absent: the documents do not have these words. Do not show them as a quotation.',
        ...(body.nearest.length > 0
          ? ['The paragraphs most like it (no matches):', ...body.nearest.map((place) => `- ${linkTo(place)}`)]
          : []),
      ];
  }
}

function headline({ arrangement, matches }: Extract<QuoteCheckBody, { verdict: 'altered' }>): string {
  const advice = 'To quote, use the document’s own words as given below, with the link.';
  if (arrangement === 'stitched') return `Altered: put together from places that stand apart in the documents. ${advice}`;
  const isSame = matches.every(({ wording }) => wording === 'same');
  const verdict = isSame ? 'the wording is the same, but not character by character' : 'the wording is not the document’s';
  return `Altered: ${verdict}${arrangement === 'consecutive' ? '; it runs over consecutive paragraphs' : ''}. ${advice}`;
}

function describeAltered(match: AlteredMatch, linkTo: LinkTo): string[] {
  const { differences, original } = match;
  const further = differences.length - MOST_DIFFERENCES;
  return [
    `- ${linkTo(match)} has: ${inQuotationMarks(original)}`,
    ...differences.slice(0, MOST_DIFFERENCES).map((difference) => `  - ${describeDifference(difference)}`),
    ...(further > 0 ? [`  - and ${further} more differences`] : []),
    ...describeLeftOut(match),
  ];
}

const visibly = (text: string) => nameInvisible(text) ?? inQuotationMarks(text);

function describeDifference({ kind, quoted, original }: QuoteDifference): string {
  if (quoted === '') return `${kind}: the quotation leaves out ${visibly(original)}`;
  if (original === '') return `${kind}: the quotation adds ${visibly(quoted)}`;
  return `${kind}: the quotation has ${visibly(quoted)}, the document ${visibly(original)}`;
}

const describeLeftOut = ({ leftOut }: VerbatimMatch): string[] =>
  leftOut
    ? [`  - Careful: right before it stands ${inQuotationMarks(leftOut.text)}, which the quotation leaves out. It may say the opposite.`]
    : [];
