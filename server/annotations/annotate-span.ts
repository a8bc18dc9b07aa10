import type { SourceDocument } from '../../ingest/structure/document.ts';
import { documentUrl } from '../answering/citation-url.ts';
import { type RejectionReason, verifyCitations } from '../answering/verify-citations.ts';
import type { AnnotationItem } from '../wire.ts';
import { codePointSpan, quoteSelector } from './select-text.ts';

export type AnnotatedDocuments = ReadonlyMap<string, Pick<SourceDocument, 'documentId' | 'text' | 'paragraphs'>>;

/** Words of a paragraph: offsets as citations have them, or the whole paragraph where they are left out. */
export type AnnotatedSpan = { documentId: string; paragraphId: string; start?: number; end?: number };

/**
 * The Web Annotation of words of a document, or why there is none; a span is taken on the same terms as a claimed citation.
 * The words are a target twice, in the exact text and on the page: annotations with several targets are about each of them, and no
 * client needs to understand both. Linear in the document.
 */
export function annotateSpan(
  { documentId, paragraphId, ...asked }: AnnotatedSpan,
  documents: AnnotatedDocuments,
  publicUrl: string,
): AnnotationItem | RejectionReason {
  const document = documents.get(documentId);
  if (!document) return 'unknown-document';
  const paragraph = document.paragraphs.find((candidate) => candidate.paragraphId === paragraphId);
  if (!paragraph) return 'unknown-paragraph';
  const { start = 0, end = paragraph.text.length } = asked;
  const { rejected } = verifyCitations([{ documentId, paragraphId, start, end }], documents);
  const [rejection] = rejected;
  if (rejection) return rejection.reason;

  const page = documentUrl(publicUrl, documentId);
  // Who fetches the text decodes it without its byte order mark, as the Encoding Standard has it.
  const mark = document.text.startsWith('\ufeff') ? 1 : 0;
  const text = document.text.slice(mark);
  const inText = { start: paragraph.start + start - mark, end: paragraph.start + end - mark };
  return {
    id: `${publicUrl}/api/documents/${encodeURIComponent(documentId)}/paragraphs/${encodeURIComponent(paragraphId)}/annotation?start=${start}&end=${end}`,
    type: 'Annotation',
    motivation: 'highlighting',
    target: [
      {
        type: 'SpecificResource',
        source: `${page}/source.txt`,
        selector: [quoteSelector(text, inText), { type: 'TextPositionSelector', ...codePointSpan(text, inText) }],
      },
      {
        type: 'SpecificResource',
        source: page,
        selector: {
          type: 'FragmentSelector',
          conformsTo: 'http://tools.ietf.org/rfc/rfc3236',
          value: paragraphId,
          // A refinement sees what the fragment selected and nothing around it.
          refinedBy: quoteSelector(paragraph.text, { start, end }),
        },
      },
    ],
  };
}
