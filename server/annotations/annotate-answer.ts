import { ANNOTATION_CONTEXT, type AnnotationCollection, type AnswerBody } from '../wire.ts';
import { type AnnotatedDocuments, annotateSpan } from './annotate-span.ts';

/** The citations of an answer as Web Annotations, on one page, in the order of their markers. */
export function annotateAnswer(answer: AnswerBody, documents: AnnotatedDocuments, publicUrl: string): AnnotationCollection {
  const annotations = answer.citations.map((citation) => annotateSpan(citation, documents, publicUrl));
  const items = annotations.filter((annotation) => typeof annotation !== 'string');
  const id = `urn:uuid:${answer.id}`;
  return {
    '@context': ANNOTATION_CONTEXT,
    id,
    type: 'AnnotationCollection',
    label: answer.answer,
    total: items.length,
    first: { id: `${id}#page`, type: 'AnnotationPage', startIndex: 0, items },
  };
}
