import { type Request, type Response, Router } from 'express';
import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import type { SourceDocument } from '../../../ingest/structure/document.ts';
import { labelParagraph } from '../../../ingest/structure/label-paragraph.ts';
import { YoujuError } from '../../../ingest/youju-error.ts';
import type { AnsweringDependencies } from '../../answering/answer-question.ts';
import { documentUrl } from '../../answering/citation-url.ts';
import { documentLanguage } from '../../answering/document-language.ts';
import { suggestFirstQuestions } from '../../answering/suggest-first-questions.ts';
import { findDocuments } from '../../collection/find-documents.ts';
import {
  type DocumentBody,
  type DocumentSummary,
  type DocumentsBody,
  documentQuerySchema,
  documentsQuerySchema,
  type Language,
  type QuestionsBody,
} from '../../wire.ts';
import { methodNotAllowed } from '../problem.ts';
import { departureOf } from '../start-answer.ts';

const summaryOf = ({ documentId, title, date, place, language, sha256, file }: SourceDocument, publicUrl: string): DocumentSummary => ({
  documentId,
  title,
  date,
  place,
  language,
  url: documentUrl(publicUrl, documentId),
  sha256,
  file,
});

/** The language that labels and questions are in: the one asked for, else the document's own where we have labels in it. */
const labelLanguage = (document: SourceDocument, asked: Language | undefined): Language => asked ?? documentLanguage(document);

/** @throws YoujuError `unknown-document` */
export function findDocument(index: OpenIndex, documentId: unknown): SourceDocument {
  const document = typeof documentId === 'string' ? index.documents.get(documentId) : undefined;
  if (!document) throw new YoujuError('unknown-document', 'no such document: GET /api/documents lists them');
  return document;
}

/**
 * `GET /api/documents`, searched by `?q=` and `?year=`, a part of it with `?limit=` and `?offset=`, `GET /api/documents/:documentId` and `GET /api/documents/:documentId/questions`: labels and questions in
 * `?language=` or the document's own language. `GET /documents/:documentId/source.txt`: the text that offsets are counted in; of a plain text the very bytes
 * that `sha256` is of.
 */
export function documentRoutes(
  indexOf: () => OpenIndex,
  publicUrlOf: (request: Request) => string,
  answeringOf: (request: Request) => AnsweringDependencies,
): Router {
  const router = Router();

  router.get('/api/documents', async (request: Request, response: Response) => {
    const { limit, offset = 0, ...search } = documentsQuerySchema.parse(request.query);
    const dependencies = answeringOf(request);
    const found = await findDocuments(search, dependencies, departureOf(response));
    const documents = found.slice(offset, limit === undefined ? undefined : offset + limit).flatMap(({ documentId }) => {
      const document = dependencies.index.documents.get(documentId);
      return document ? [summaryOf(document, dependencies.publicUrl)] : [];
    });
    response.json({ documents, total: found.length } satisfies DocumentsBody);
  });
  router.all('/api/documents', methodNotAllowed('GET'));

  router.get('/api/documents/:documentId', (request: Request, response: Response) => {
    const document = findDocument(indexOf(), request.params['documentId']);
    const language = labelLanguage(document, documentQuerySchema.parse(request.query).language);
    const body: DocumentBody = {
      ...summaryOf(document, publicUrlOf(request)),
      paragraphs: document.paragraphs.map((paragraph) => {
        const { paragraphId, text, start, end } = paragraph;
        return { paragraphId, label: labelParagraph(document, paragraph, language), text, start, end };
      }),
    };
    response.json(body);
  });
  router.all('/api/documents/:documentId', methodNotAllowed('GET'));

  router.get('/api/documents/:documentId/questions', (request: Request, response: Response) => {
    const document = findDocument(indexOf(), request.params['documentId']);
    const language = labelLanguage(document, documentQuerySchema.parse(request.query).language);
    const body: QuestionsBody = { questions: suggestFirstQuestions(document, language) };
    response.json(body);
  });
  router.all('/api/documents/:documentId/questions', methodNotAllowed('GET'));

  router.get('/documents/:documentId/source.txt', (request: Request, response: Response) => {
    const { text, sha256, file } = findDocument(indexOf(), request.params['documentId']);
    // A later ingest may bring another text to this address: caches ask, and are told by the hash.
    response
      .set({ ETag: `"${file?.textSha256 ?? sha256}"`, 'Cache-Control': 'no-cache' })
      .type('text/plain; charset=utf-8')
      .send(text);
  });
  router.all('/documents/:documentId/source.txt', methodNotAllowed('GET'));
  return router;
}
