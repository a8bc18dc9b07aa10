import type { Citation, NearbyParagraph } from '../../server/wire.ts';
import type { Rating } from '../conversation/exchange.ts';
import type { PanelTexts } from '../panel/texts/panel-texts.ts';

/** A place in a document that a link leads to; a citation also says which words. */
export type LinkedPlace = Citation | NearbyParagraph;

/** The words around an answer, and its languages (BCP 47). */
export type Wording = {
  texts: PanelTexts;
  /** Of the interface. */
  language: string;
  formatNumber: (value: number) => string;
  /** Language of the document, for its quotes, as long as the answer has not said which documents it cites. */
  documentLanguage: string;
};

/** What an answer is rendered with, and what its controls do. */
export type AnswerContext = Wording & {
  isOnThisPage: (place: LinkedPlace) => boolean;
  onVisit: (place: LinkedPlace, click: MouseEvent) => void;
  onAsk: (question: string) => void;
  onRetry: () => void;
  /** False where it did not reach the server. */
  onRate: (rating: Rating, comment?: string) => Promise<boolean>;
  /** Told to a screen reader. */
  announce: (text: string) => void;
  /** Runs a change of the answer without losing the focus. */
  keepFocus: (change: () => void) => void;
  /** Aborted when this rendering is replaced: ends what goes on by itself. */
  signal: AbortSignal;
};
