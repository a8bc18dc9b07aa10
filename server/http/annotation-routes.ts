import { type Request, type Response, Router } from 'express';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import { annotateSpan } from '../annotations/annotate-span.ts';
import type { RejectionReason } from '../answering/verify-citations.ts';
import { ANNOTATION_CONTEXT, type Annotation, annotationQuerySchema } from '../wire.ts';
import { findDocument } from './document-routes.ts';
import { methodNotAllowed, Problem } from './problem.ts';

/** The media type of the Web Annotation Protocol, without and with what it says of the context. */
export const ANNOTATION_TYPE = 'application/ld+json';
export const ANNOTATION_TYPE_WITH_PROFILE = `${ANNOTATION_TYPE}; profile="${ANNOTATION_CONTEXT}"`;

/** `GET /api/documents/:documentId/paragraphs/:paragraphId/annotation`: a paragraph, or `start`…`end` of it, as a Web Annotation. */
export function annotationRoutes(indexOf: () => OpenIndex, publicUrlOf: (request: Request) => string): Router {
  const router = Router();
  const address = '/api/documents/:documentId/paragraphs/:paragraphId/annotation';

  router.get(address, (request: Request, response: Response) => {
    const index = indexOf();
    const { documentId } = findDocument(index, request.params['documentId']);
    const paragraphId = String(request.params['paragraphId']);
    const { start, end } = annotationQuerySchema.parse(request.query);
    const annotation = annotateSpan({ documentId, paragraphId, start, end }, index.documents, publicUrlOf(request));
    if (typeof annotation === 'string') throw rejection(annotation);
    const body: Annotation = { '@context': ANNOTATION_CONTEXT, ...annotation };
    response.type(ANNOTATION_TYPE_WITH_PROFILE).send(JSON.stringify(body));
  });
  router.all(address, methodNotAllowed('GET'));
  return router;
}

const rejection = (reason: RejectionReason): Problem =>
  reason === 'unknown-paragraph'
    ? new Problem(404, 'unknown-paragraph', 'no such paragraph: GET /api/documents/{documentId} lists them')
    : new Problem(422, 'invalid-request', 'start and end are no span of the paragraph: 0 ≤ start < end ≤ its length, no character halved');
