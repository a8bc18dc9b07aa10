import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import { labelParagraph } from '../../ingest/structure/label-paragraph.ts';
import type { Citation, Language } from '../wire.ts';
import type { DropReason } from './answer-observer.ts';
import { inQuotationMarks, phrasesIn } from './answer-phrases.ts';
import { type CitedSpan, shiftSpans } from './answer-step.ts';
import { findUnsupported, type SentenceEvidence } from './check-support.ts';
import { citationUrl, paragraphUrl } from './citation-url.ts';
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
  readonly #citations = new Map<string, Citation>();
  #isFirst = true;

  /** @param onDropped told why a sentence was not shown */
  constructor(
    index: OpenIndex,
    language: Language,
    publicUrl: string,
    similarityOf: (documentId: string, paragraphId: string) => number,
    onDropped: (reason: DropReason) => void,
  ) {
    this.#index = index;
    this.#language = language;
    this.#publicUrl = publicUrl;
    this.#similarityOf = similarityOf;
    this.#onDropped = onDropped;
  }

  /** The citations shown so far, by marker. */
  get citations(): Citation[] {
    return [...this.#citations.values()];
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
    const separator = this.#isFirst ? '' : sentence.kind === 'written' ? ' ' : '\n';
    this.#isFirst = false;
    const lead = `${separator}${note}`;
    const { text, citedSpans } = sentence.kind === 'written' ? withMarkers(sentence.text, cited) : this.#quoteAll(cited);
    return { text: `${lead}${text}`, citedSpans: shiftSpans(citedSpans, lead.length), newCitations: this.citations.slice(before) };
  }

  #findFault(sentence: DraftSentence, verified: readonly VerifiedCitation[]): DropReason | undefined {
    if (verified.length === 0) return 'no-claim';
    return sentence.kind === 'written' ? findUnsupported(sentence.text, this.#evidenceOf(verified), this.#index) : undefined;
  }

  #evidenceOf(verified: readonly VerifiedCitation[]): SentenceEvidence {
    const documents = verified.map(({ documentId }) => this.#index.documents.get(documentId));
    const titles = new Set(documents.map((document) => document?.title ?? ''));
    return { quotes: verified.map(({ quote }) => quote), titles: [...titles], dates: documents.map((document) => document?.date) };
  }

  /** Each quote on a line of its own, behind its label. */
  #quoteAll(cited: readonly Citation[]): SpannedText {
    let text = '';
    const citedSpans = cited.map(({ label, quote, marker }) => {
      const leadIn = `${text === '' ? '' : '\n'}${phrasesIn(this.#language).leadIn(label)}`;
      const quoted = inQuotationMarks(quote);
      const start = text.length + leadIn.length + quoted.indexOf(quote);
      text += `${leadIn}${quoted}[${marker}]`;
      return { marker, start, end: start + quote.length };
    });
    return { text, citedSpans };
  }

  #cite(verified: VerifiedCitation): Citation {
    const { documentId, paragraphId, start, end, quote } = verified;
    const key = `${documentId}#${paragraphId}:${start}-${end}`;
    const known = this.#citations.get(key);
    if (known) return known;
    const document = this.#index.documents.get(documentId);
    const paragraph = this.#index.paragraph(documentId, paragraphId);
    const citation: Citation = {
      marker: this.#citations.size + 1,
      documentId,
      paragraphId,
      label: document && paragraph ? labelParagraph(document, paragraph, this.#language) : paragraphId,
      quote,
      start,
      end,
      url:
        document && paragraph
          ? citationUrl(this.#publicUrl, document, paragraph, { start, end })
          : paragraphUrl(this.#publicUrl, documentId, paragraphId),
      similarity: this.#similarityOf(documentId, paragraphId),
    };
    this.#citations.set(key, citation);
    return citation;
  }
}

type SpannedText = Pick<ComposedSentence, 'text' | 'citedSpans'>;

const withMarkers = (sentence: string, cited: readonly Citation[]): SpannedText => ({
  text: `${sentence}${cited.map(({ marker }) => `[${marker}]`).join('')}`,
  citedSpans: cited.map(({ marker }) => ({ marker, start: 0, end: sentence.length })),
});
