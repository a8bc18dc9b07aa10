import path from 'node:path';
import { documentsFolder, packageRoot } from '../../ingest/package-root.ts';
import { listDocumentFiles } from '../../ingest/reading/list-document-files.ts';
import { SourceReader } from '../../ingest/reading/source-reader.ts';
import { readDocumentFile } from '../../ingest/structure/read-document.ts';
import { type EvalCase, readEvalCases } from '../statement/eval-case.ts';

/** What the evals ask already, and of which documents: their paragraphIds by documentId. */
export type EvalSet = { cases: readonly EvalCase[]; paragraphs: ReadonlyMap<string, ReadonlySet<string>> };

/** The repository's own. */
export async function readEvalSet(): Promise<EvalSet> {
  const reader = new SourceReader();
  const files = await listDocumentFiles([documentsFolder]);
  const documents = await Promise.all(files.map((file) => readDocumentFile(file, reader)));
  reader.close();
  return {
    cases: await readEvalCases(path.join(packageRoot, 'evals', 'cases')),
    paragraphs: new Map(
      documents.map(({ documentId, paragraphs }) => [documentId, new Set(paragraphs.map(({ paragraphId }) => paragraphId))]),
    ),
  };
}
