import type { SourceDocument } from '../../ingest/structure/document.ts';

/** What a generator claims: a span of a paragraph's text, and the quote it takes it for where it has one. */
export type ClaimedCitation = { documentId: string; paragraphId: string; start: number; end: number; quote?: string };

/** A claim that holds. `quote` was cut from the source, never taken from the claim. */
export type VerifiedCitation = { documentId: string; paragraphId: string; start: number; end: number; quote: string };

export const REJECTION_REASONS = ['unknown-document', 'unknown-paragraph', 'bad-span', 'misquote'] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];

export type Verification = {
  verified: VerifiedCitation[];
  rejected: { claim: ClaimedCitation; reason: RejectionReason }[];
};

type Documents = ReadonlyMap<string, Pick<SourceDocument, 'text' | 'paragraphs'>>;

/**
 * Checks every claimed citation against the source: the paragraph exists, the span lies in it and splits no character, the
 * claimed quote (if any) is the source's own words to the letter. Server and evals use this one function.
 */
export function verifyCitations(claims: readonly ClaimedCitation[], documents: Documents): Verification {
  const verification: Verification = { verified: [], rejected: [] };
  for (const claim of claims) {
    const result = verifyClaim(claim, documents);
    if (typeof result === 'string') verification.rejected.push({ claim, reason: result });
    else verification.verified.push(result);
  }
  return verification;
}

function verifyClaim(
  { documentId, paragraphId, start, end, quote: claimed }: ClaimedCitation,
  documents: Documents,
): VerifiedCitation | RejectionReason {
  const document = documents.get(documentId);
  if (!document) return 'unknown-document';
  const paragraph = document.paragraphs.find((candidate) => candidate.paragraphId === paragraphId);
  if (!paragraph) return 'unknown-paragraph';
  const length = paragraph.end - paragraph.start;
  if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end <= start || end > length) return 'bad-span';
  // Cut from the source itself, not from the paragraph's copy of it.
  const quote = document.text.slice(paragraph.start + start, paragraph.start + end);
  if (!quote.isWellFormed()) return 'bad-span';
  if (claimed !== undefined && claimed !== quote) return 'misquote';
  return { documentId, paragraphId, start, end, quote };
}
