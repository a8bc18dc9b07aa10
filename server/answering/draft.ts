import type { ClaimedCitation } from './verify-citations.ts';

/**
 * One sentence of a generator's output.
 * - `quoted`: shown as the verified quotes themselves behind a lead-in; the generator supplies no words of its own. `alsoIn`: where
 *   other documents say the same.
 * - `written`: a model's own sentence, shown with markers of what it rests on.
 */
export type DraftSentence =
  | { kind: 'quoted'; claims: ClaimedCitation[]; alsoIn?: ClaimedCitation[] }
  | { kind: 'written'; text: string; claims: ClaimedCitation[] };
