import type { Citation, NearbyParagraph } from '../../server/wire.ts';
import type { Rating } from '../conversation/conversation.ts';
import type { PanelTexts } from '../panel/panel-texts.ts';

/** A place in a document that a link leads to; a citation also says which words. */
export type LinkedPlace = Citation | NearbyParagraph;

/** What an answer is rendered with, and what its controls do. */
export type AnswerContext = {
  texts: PanelTexts;
  formatNumber: (value: number) => string;
  /** Language of the document, for its quotes, as long as the answer has not said which documents it cites. */
  documentLanguage: string;
  isOnThisPage: (place: LinkedPlace) => boolean;
  onVisit: (place: LinkedPlace, click: MouseEvent) => void;
  onAsk: (question: string) => void;
  onRetry: () => void;
  /** False where it did not reach the server. */
  onRate: (rating: Rating, comment?: string) => Promise<boolean>;
  /** Told to a screen reader. */
  announce: (text: string) => void;
  /** Aborted when this rendering is replaced: ends what goes on by itself. */
  signal: AbortSignal;
};
