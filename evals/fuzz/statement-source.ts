import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import { documentsFolder } from '../../ingest/package-root.ts';
import { findMisquotes } from '../../server/testing/find-misquotes.ts';
import { type CheckedDocument, strictAnswer } from '../../server/testing/wire-schemas.ts';
import type { AnswerBody } from '../../server/wire.ts';

export const STATEMENT_ID = 'china-kazakhstan-joint-statement-2019';

/** The source as it stands in the repository, read without any of the product's code. */
export const STATEMENT_SOURCE = readFileSync(path.join(documentsFolder, `${STATEMENT_ID}.txt`), 'utf8');

/** The statement as the API tells of it: what the second verifier checks against. */
export function toldDocument(index: OpenIndex): CheckedDocument {
  const document = index.documents.get(STATEMENT_ID);
  if (!document) throw new Error(`the index has no ${STATEMENT_ID}`);
  const { documentId, title, language, sha256, paragraphs } = document;
  return {
    documentId,
    title,
    language,
    sha256,
    url: `http://localhost/documents/${documentId}`,
    paragraphs: paragraphs.map(({ paragraphId, text, start, end }) => ({ paragraphId, label: paragraphId, text, start, end })),
  };
}

/** What the second verifiers find wrong with an answer: its shape, and whatever is not to the letter. */
export function misquotesIn(body: AnswerBody, document: CheckedDocument): string[] {
  const checked = strictAnswer.safeParse(JSON.parse(JSON.stringify(body)));
  if (!checked.success) return [`not the promised shape: ${checked.error.message}`];
  return findMisquotes(checked.data, document, STATEMENT_SOURCE);
}
