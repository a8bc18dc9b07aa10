import type { AbstentionReason } from '../wire.ts';
import type { DraftSentence } from './draft.ts';
import type { Evidence } from './evidence/evidence.ts';
import type { Passage } from './retrieve-passages.ts';

/**
 * What to answer with, decided without a model. `mayBeWritten`: a chat model may write the answer from the passages; a
 * question by number is answered by the paragraph itself. `evidence`: what the decision was made on, where any was weighed.
 * `silent`: documents that were asked by name and do not say it, beside others that do.
 */
export type AnswerPlan = { passages: Passage[]; mayBeWritten: boolean; evidence?: Evidence; silent?: readonly string[] } & (
  | { status: 'planned'; drafts: DraftSentence[] }
  | { status: 'declined'; reason: AbstentionReason }
);
