import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import { IndexMemory } from '../question/word-memory.ts';
import type { Citation, Language } from '../wire.ts';
import type { DropReason } from './answer-observer.ts';
import { inQuotationMarks, phrasesIn } from './answer-phrases.ts';
import { type CitedSpan, shiftSpans } from './answer-step.ts';
import { findUnsupported, type SentenceEvidence } from './check-support.ts';
import { citationUrl, paragraphUrl } from './citation-url.ts';
import { dateInWords, labelPlace, nameDocument } from './documents/name-document.ts';
import type { DraftSentence } from './draft.ts';
import { type VerifiedCitation, verifyCitations } from './verify-citations.ts';

/** A verified sentence ready to be shown: its text with markers, where in it the cited words stand, and the citations that are new with it. */
export type ComposedSentence = { text: string; citedSpans: CitedSpan[]; newCitations: Citation[] };

/**
 * Turns draft sentences into shown ones. Every claim goes through `verifyCitations`; a sentence of which a claim fails, or
 * with no claim at all, is dropped. Each distinct quote gets one marker, counted from 1 in order of appearance.
 */
export class AnswerComposer {
  readonly #index: OpenIndex;
  readonly #language: Language;
  readonly #publicUrl: string;
  readonly #similarityOf: (documentId: string, paragraphId: string) => number;
  readonly #onDropped: (reason: DropReason) => void;
  readonly #tellsDocuments: boolean;
  readonly #citations = new Map<string, CitedPlace>();
  #isFirst = true;
  #headed: string | undefined;

  /**
   * @param onDropped told why a sentence was not shown
   * @param tellsDocuments whether the answer may quote several documents: what is quoted of each then stands below its title and date
   */
  constructor(
    index: OpenIndex,
    language: Language,
    publicUrl: string,
    similarityOf: (documentId: string, paragraphId: string) => number,
    onDropped: (reason: DropReason) => void,
    tellsDocuments = false,
  ) {
    this.#index = index;
    this.#language = language;
    this.#publicUrl = publicUrl;
    this.#similarityOf = similarityOf;
    this.#onDropped = onDropped;
    this.#tellsDocuments = tellsDocuments;
  }

  /** The citations shown so far, by marker. */
  get citations(): Citation[] {
    return [...this.#citations.values()].map(({ citation }) => citation);
  }

  /** Forgets under which document the last sentence stands: what was shown so far is given up. */
  restart(): void {
    this.#headed = undefined;
  }

  /**
   * Composes one sentence, or returns `undefined` where it cannot be verified.
   * @param note put before the sentence, e.g. that a model failed and this is an extract
   */
  compose(sentence: DraftSentence, note = ''): ComposedSentence | undefined {
    const { verified, rejected } = verifyCitations(sentence.claims, this.#index.documents);
    const reason = rejected[0]?.reason ?? this.#findFault(sentence, verified);
    if (reason) {
      this.#onDropped(reason);
      return undefined;
    }

    const before = this.#citations.size;
    const cited = [...new Set(verified.map((citation) => this.#cite(citation)))];
    const also = sentence.kind === 'quoted' ? verifyCitations(sentence.alsoIn ?? [], this.#index.documents).verified : [];
    const lead = this.#leadTo(sentence, verified[0]?.documentId, note);
    const { text, citedSpans } =
      sentence.kind === 'written'
        ? withMarkers(sentence.text, cited)
        : this.#quoteAll(
            cited,
            also.map((citation) => this.#cite(citation)),
          );
    return { text: `${lead}${text}`, citedSpans: shiftSpans(citedSpans, lead.length), newCitations: this.citations.slice(before) };
  }

  /** What stands before a sentence: what parts it from the one before, a note, and title and date of a document that begins here. */
  #leadTo({ kind }: DraftSentence, documentId: string | undefined, note: string): string {
    const document = this.#index.documents.get(documentId ?? '');
    const begins = this.#tellsDocuments && document !== undefined && documentId !== this.#headed;
    const separator = this.#isFirst ? '' : begins ? '\n\n' : kind === 'written' ? ' ' : '\n';
    this.#isFirst = false;
    if (begins) this.#headed = documentId;
    return `${separator}${note}${begins ? `${nameDocument(document, this.#language)}\n` : ''}`;
  }

  #findFault(sentence: DraftSentence, verified: readonly VerifiedCitation[]): DropReason | undefined {
    if (verified.length === 0) return 'no-claim';
    // What documents of two years say, made one sentence, would be said by neither.
    if (this.#tellsDocuments && new Set(verified.map(({ documentId }) => documentId)).size > 1) return 'several-documents';
    return sentence.kind === 'written' ? findUnsupported(sentence.text, this.#evidenceOf(verified), this.#index) : undefined;
  }

  #evidenceOf(verified: readonly VerifiedCitation[]): SentenceEvidence {
    const documents = verified.map(({ documentId }) => this.#index.documents.get(documentId));
    const titles = new Set(documents.map((document) => document?.title ?? ''));
    return { quotes: verified.map(({ quote }) => quote), titles: [...titles], dates: documents.map((document) => document?.date) };
  }

  /** Each quote on a line of its own, behind its label; behind the last one which other documents say the same. */
  #quoteAll(cited: readonly CitedPlace[], also: readonly CitedPlace[]): SpannedText {
    let text = '';
    const citedSpans = cited.map(({ placeLabel, citation: { quote, marker } }) => {
      const leadIn = `${text === '' ? '' : '\n'}${phrasesIn(this.#language).leadIn(placeLabel)}`;
      const quoted = inQuotationMarks(quote);
      const start = text.length + leadIn.length + quoted.indexOf(quote);
      text += `${leadIn}${quoted}[${marker}]`;
      return { marker, start, end: start + quote.length };
    });
    if (also.length === 0) return { text, citedSpans };
    const title = this.#index.documents.get(cited[0]?.citation.documentId ?? '')?.title;
    const names = also.map(({ citation: { documentId, marker } }) => ({ marker, name: this.#shortName(documentId, title) }));
    const behind = phrasesIn(this.#language).alsoIn(names.map(({ name, marker }) => `${name}[${marker}]`));
    const alsoSpans = names.map(({ name, marker }) => {
      const start = text.length + behind.indexOf(`${name}[${marker}]`);
      return { marker, start, end: start + name.length };
    });
    return { text: `${text}${behind}`, citedSpans: [...citedSpans, ...alsoSpans] };
  }

  /** A document beside another: by its date where they have one title. */
  #shortName(documentId: string, title: string | undefined): string {
    const document = this.#index.documents.get(documentId);
    if (!document) return documentId;
    return document.title === title && document.date !== undefined
      ? dateInWords(document.date, this.#language)
      : nameDocument(document, this.#language);
  }

  #cite(verified: VerifiedCitation): CitedPlace {
    const { documentId, paragraphId, start, end, quote } = verified;
    const key = `${documentId}#${paragraphId}:${start}-${end}`;
    const known = this.#citations.get(key);
    if (known) return known;
    const placeLabel = labelPlace(this.#index, documentId, paragraphId, this.#language, false);
    const citation: Citation = {
      marker: this.#citations.size + 1,
      documentId,
      paragraphId,
      label: labelPlace(this.#index, documentId, paragraphId, this.#language, this.#tellsDocuments),
      quote,
      start,
      end,
      url: urls.recall(this.#index, `${this.#publicUrl} ${key}`, () => this.#urlOf(verified)),
      similarity: this.#similarityOf(documentId, paragraphId),
    };
    const place = { citation, placeLabel };
    this.#citations.set(key, place);
    return place;
  }

  #urlOf({ documentId, paragraphId, start, end }: VerifiedCitation): string {
    const document = this.#index.documents.get(documentId);
    const paragraph = this.#index.paragraph(documentId, paragraphId);
    return document && paragraph
      ? citationUrl(this.#publicUrl, document, paragraph, { start, end })
      : paragraphUrl(this.#publicUrl, documentId, paragraphId);
  }
}

/** The same quotes answer many questions, and a fragment is looked for in the whole document. */
const urls = new IndexMemory<string>();

/** A citation with what its place is called within its document. */
type CitedPlace = { citation: Citation; placeLabel: string };

type SpannedText = Pick<ComposedSentence, 'text' | 'citedSpans'>;

const withMarkers = (sentence: string, cited: readonly CitedPlace[]): SpannedText => ({
  text: `${sentence}${cited.map(({ citation }) => `[${citation.marker}]`).join('')}`,
  citedSpans: cited.map(({ citation: { marker } }) => ({ marker, start: 0, end: sentence.length })),
});
