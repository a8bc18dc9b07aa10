import { type Request, type Response, Router } from 'express';
import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import { annotateSpan } from '../../annotations/annotate-span.ts';
import type { RejectionReason } from '../../answering/verify-citations.ts';
import { ANNOTATION_CONTEXT, type Annotation, type AnnotationCollection, annotationQuerySchema } from '../../wire.ts';
import { methodNotAllowed, Problem } from '../problem.ts';
import { findDocument } from './document-routes.ts';

const JSON_LD = 'application/ld+json';
const ANNOTATION_TYPE = `${JSON_LD}; profile="${ANNOTATION_CONTEXT}"`;
/** By which a client asks for annotations: the media type of the Web Annotation Protocol, or it without its parameter. */
export const ANNOTATION_TYPES = [JSON_LD, ANNOTATION_TYPE];

/** Sends JSON-LD. As bytes: express would add a charset to a string, and the media type has none. */
export function sendAnnotations(response: Response, body: Annotation | AnnotationCollection): void {
  response.set('Content-Type', ANNOTATION_TYPE).send(Buffer.from(JSON.stringify(body)));
}

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
    sendAnnotations(response, { '@context': ANNOTATION_CONTEXT, ...annotation });
  });
  router.all(address, methodNotAllowed('GET'));
  return router;
}

const rejection = (reason: RejectionReason): Problem =>
  reason === 'unknown-paragraph'
    ? new Problem(404, 'unknown-paragraph', 'no such paragraph: GET /api/documents/{documentId} lists them')
    : new Problem(422, 'invalid-request', 'start and end are no span of the paragraph: 0 ≤ start < end ≤ its length, no character halved');
