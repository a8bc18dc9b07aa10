import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import type { CitedDocument, Language, NearbyParagraph } from '../wire.ts';
import { paragraphUrl } from './citation-url.ts';
import { citedDocuments } from './cited-documents.ts';
import { foldPassages } from './documents/fold-duplicates.ts';
import { labelPlace } from './documents/name-document.ts';
import { sentenceText } from './evidence/choose-sentences.ts';
import type { NumberedSentence } from './model/write-answer.ts';
import type { Passage } from './retrieve-passages.ts';

/** How many of the best passages the model gets to see, and how many are offered when the answer is declined. */
const PASSAGES_FOR_MODEL = 8;
const NEARBY = 3;
const NEARBY_SIMILARITY = 0.08;
/** Of so many passages for each that is wanted copies in sister documents are left out. */
const FOLDED = 4;

/** The places that an answer shows or is written from, in the language of the answer. */
export class AnswerPlaces {
  readonly #index: OpenIndex;
  readonly #publicUrl: string;
  readonly #language: Language;
  readonly #tellsDocuments: boolean;

  /** @param tellsDocuments whether places say which document they are in */
  constructor({ index, publicUrl }: { index: OpenIndex; publicUrl: string }, language: Language, tellsDocuments: boolean) {
    this.#index = index;
    this.#publicUrl = publicUrl;
    this.#language = language;
    this.#tellsDocuments = tellsDocuments;
  }

  nearby(passages: readonly Passage[]): NearbyParagraph[] {
    return this.#distinct(passages, NEARBY)
      .filter(({ similarity }) => similarity >= NEARBY_SIMILARITY)
      .map(({ documentId, paragraphId, similarity }) => ({
        documentId,
        paragraphId,
        label: this.#label(documentId, paragraphId),
        url: paragraphUrl(this.#publicUrl, documentId, paragraphId),
        similarity,
      }));
  }

  documents(places: readonly { documentId: string; paragraphId: string }[]): { documents?: CitedDocument[] } {
    const documents = citedDocuments(places, this.#index.documents, this.#language, this.#tellsDocuments);
    return documents.length > 0 ? { documents } : {};
  }

  /** What a chat model may write from, in the order of the documents. */
  numberedSentences(passages: readonly Passage[]): NumberedSentence[] {
    const chunks = this.#distinct(passages, PASSAGES_FOR_MODEL).map(({ chunk }) => chunk);
    return chunks
      .toSorted((a, b) => a - b)
      .flatMap((chunk) => {
        const indexed = this.#index.chunks.at(chunk);
        if (!indexed) return [];
        const { documentId, paragraphId, sentences } = indexed;
        const first = this.#index.lexicalIndex.sentencesOf(chunk).start;
        return sentences.map(({ start, end }, at) => ({
          id: `S${first + at + 1}`,
          label: this.#label(documentId, paragraphId),
          text: sentenceText(this.#index, first + at),
          claim: { documentId, paragraphId, start, end },
        }));
      });
  }

  /** The best passages; of sister documents' copies one. */
  #distinct(passages: readonly Passage[], most: number): readonly Passage[] {
    const distinct = this.#tellsDocuments ? foldPassages(this.#index, passages, most * FOLDED) : passages;
    return distinct.slice(0, most);
  }

  #label(documentId: string, paragraphId: string): string {
    return labelPlace(this.#index, documentId, paragraphId, this.#language, this.#tellsDocuments);
  }
}
