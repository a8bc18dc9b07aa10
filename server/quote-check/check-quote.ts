import type { Paragraph, SourceDocument, Span } from '../../ingest/structure/document.ts';
import { labelParagraph } from '../../ingest/structure/label-paragraph.ts';
import { YoujuError } from '../../ingest/youju-error.ts';
import { citationUrl, paragraphUrl } from '../answering/citation-url.ts';
import { documentLanguage } from '../answering/document-language.ts';
import { nameDocumentPlace } from '../answering/documents/name-document.ts';
import type { AlteredMatch, Language, QuoteArrangement, QuoteCheckBody, QuoteCheckRequest, VerbatimMatch } from '../wire.ts';
import type { QuoteIndex } from './find-candidates.ts';
import { findLeftOut } from './find-left-out.ts';
import { type DocumentsHolding, findVerbatim, findVerbatimLines, type VerbatimPart } from './find-verbatim.ts';
import { type Placed, placeQuote } from './place-quote.ts';
import { type QuoteUnit, quoteUnitsOf } from './quote-units.ts';
import { isSameWording } from './tell-differences.ts';
import { trimSpace, withinQuotationMarks } from './trim-quote.ts';

/** Places that are told of one quotation: a phrase such as 双方 stands in most paragraphs. */
export const MOST_MATCHES = 10;

export type QuoteCheckDependencies = { index: QuoteIndex; publicUrl: string };

/**
 * Whether a quotation stands in the documents: word for word, altered, or not at all. The quotation must be bounded in length
 * and well-formed, as `quoteCheckRequestSchema` has it; the work is linear in it.
 * @throws YoujuError `unknown-document`
 */
export function checkQuote(
  { quote, language, documentId }: QuoteCheckRequest,
  { index, publicUrl }: QuoteCheckDependencies,
): QuoteCheckBody {
  const documents = documentsOf(index, documentId);
  const tell = new MatchTeller(language, publicUrl, documentId === undefined && index.documents.size > 1);
  const trimmed = trimSpace(quote);
  const within = withinQuotationMarks(quote, trimmed);

  // With its marks first: the documents quote, too.
  for (const span of within ? [trimmed, within] : [trimmed]) {
    const stretch = quote.slice(span.start, span.end);
    const found = findVerbatim(stretch, documents, MOST_MATCHES);
    const [first, ...more] = found.length > 0 ? found : findVerbatimLines(stretch, documents, 1);
    if (!first) continue;
    if (first.length > 1) return { verdict: 'verbatim', arrangement: 'consecutive', matches: tell.verbatim(first, span) };
    const places = [first, ...more].filter((parts) => parts.length === 1);
    return { verdict: 'verbatim', arrangement: 'whole', matches: places.flatMap((parts) => tell.verbatim(parts, span)) };
  }

  const words = within ?? trimmed;
  const placement = placeQuote(unitsWithin(quote, words), index, documentId);
  if (placement.status === 'placed') {
    const { arrangement, places } = placement;
    const told = arrangement === 'whole' ? places.slice(0, MOST_MATCHES) : places;
    return { verdict: 'altered', arrangement, matches: told.map((place) => tell.altered(place, arrangement, words)) };
  }
  const nearest = placement.nearest.map(({ candidate: { document, paragraph }, similarity }) =>
    tell.nearby(document, paragraph, similarity),
  );
  return { verdict: 'absent', matches: [], nearest };
}

function documentsOf(index: QuoteIndex, documentId: string | undefined): DocumentsHolding {
  if (documentId === undefined) return (words) => index.documents.holding(words);
  const document = index.documents.get(documentId);
  if (!document) throw new YoujuError('unknown-document', `no document “${documentId}”: GET /api/documents lists them`);
  return () => [document];
}

/** The units of a stretch of the quote, at their offsets in the whole. */
const unitsWithin = (quote: string, { start, end }: Span): QuoteUnit[] =>
  quoteUnitsOf(quote.slice(start, end)).map((unit) => ({ ...unit, start: unit.start + start, end: unit.end + start }));

/** Writes matches as the wire has them. */
class MatchTeller {
  readonly #language: Language | undefined;
  readonly #publicUrl: string;
  readonly #tellsDocuments: boolean;

  /** @param tellsDocuments whether labels say which document they are of */
  constructor(language: Language | undefined, publicUrl: string, tellsDocuments: boolean) {
    this.#language = language;
    this.#tellsDocuments = tellsDocuments;
    this.#publicUrl = publicUrl;
  }

  verbatim(parts: readonly VerbatimPart[], { start }: Span): VerbatimMatch[] {
    return parts.map((part) =>
      this.#match(part.document, part.paragraph, part, { start: part.quote.start + start, end: part.quote.end + start }),
    );
  }

  altered({ candidate, quote, differences, ...place }: Placed, arrangement: QuoteArrangement, words: Span): AlteredMatch {
    const told = arrangement === 'whole' ? differences : differences.map((difference) => this.#asOmission(difference, words));
    return {
      ...this.#match(candidate.document, candidate.paragraph, place, quote),
      differences: told,
      wording: isSameWording(told) ? 'same' : 'changed',
      similarity: place.matchedLetters / Math.max(1, place.letters),
    };
  }

  nearby(document: SourceDocument, paragraph: Paragraph, similarity: number) {
    return {
      ...this.#named(document, paragraph),
      url: paragraphUrl(this.#publicUrl, document.documentId, paragraph.paragraphId),
      similarity,
    };
  }

  /** An ellipsis between two places stands for what is left out between them. */
  #asOmission(difference: Placed['differences'][number], words: Span): Placed['differences'][number] {
    const isInside = difference.quoteStart > words.start && difference.quoteEnd < words.end;
    const isEllipsis = quoteUnitsOf(difference.quoted).some((unit) => unit.isEllipsis);
    return isInside && isEllipsis && difference.kind === 'punctuation' ? { ...difference, kind: 'omission' } : difference;
  }

  #match(document: SourceDocument, paragraph: Paragraph, { start, end }: Span, quote: Span): VerbatimMatch {
    const leftOut = findLeftOut(paragraph.text, start);
    return {
      ...this.#named(document, paragraph),
      start,
      end,
      url: citationUrl(this.#publicUrl, document, paragraph, { start, end }),
      quoteStart: quote.start,
      quoteEnd: quote.end,
      original: paragraph.text.slice(start, end),
      ...(leftOut && { leftOut }),
    };
  }

  #named(document: SourceDocument, paragraph: Paragraph) {
    const language = this.#language ?? documentLanguage(document);
    const place = labelParagraph(document, paragraph, language);
    const label = this.#tellsDocuments ? nameDocumentPlace(document, place, language) : place;
    return { documentId: document.documentId, paragraphId: paragraph.paragraphId, label };
  }
}
