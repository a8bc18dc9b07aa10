import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import { parseStructure } from '../../../ingest/structure/parse-structure.ts';
import { splitSentences } from '../../../ingest/structure/split-sentences.ts';
import { segmentWords } from '../../../ingest/text/chinese/segment-words.ts';
import { normalizeText, toMainlandChinese } from '../../../ingest/text/normalize-text.ts';
import { shadowOf } from '../../../ingest/text/shadow-text.ts';
import { contentWords } from '../../../ingest/text/stem-words.ts';
import { tokenizeRendering } from '../../../ingest/text/tokenize-rendering.ts';
import { tokenizeText } from '../../../ingest/text/tokenize-text.ts';
import { codePointSpan, quoteSelector } from '../../../server/annotations/select-text.ts';
import { inQuotationMarks } from '../../../server/answering/answer-phrases.ts';
import { findUnsupported } from '../../../server/answering/check-support.ts';
import { citationUrl } from '../../../server/answering/citation-url.ts';
import { firstWords } from '../../../server/pages/first-words.ts';
import { createPageRenderer } from '../../../server/pages/render-pages.ts';
import { withoutSources } from '../../../server/protocols/list-sources.ts';
import { markdownLink } from '../../../server/protocols/markdown-link.ts';
import { readConversation } from '../../../server/protocols/read-conversation.ts';
import { detectLanguage } from '../../../server/question/detect-language.ts';
import { catalogueOf } from '../../../server/question/documents/document-catalogue.ts';
import { findNamedDocuments } from '../../../server/question/documents/name-documents.ts';
import { findReference } from '../../../server/question/resolve-reference.ts';
import { splitClauses } from '../../../server/question/split-clauses.ts';
import { understandQuestion } from '../../../server/question/understand-question.ts';
import { checkQuote } from '../../../server/quote-check/check-quote.ts';
import { describeCheck } from '../../../server/quote-check/describe-check.ts';
import { feedbackRequestSchema, MAX_QUESTION_CODE_POINTS, MAX_TURN_CODE_POINTS } from '../../../server/wire.ts';
import { STATEMENT_ID, STATEMENT_SOURCE } from '../statement-source.ts';

/** A function that is given text by strangers, at the greatest length (in code points) that reaches it. */
export type TextFunction = { name: string; length: number; run: (text: string) => unknown };

const QUOTE = 2000;
const COMMENT = 1000;
/** A model's sentence, and the quotes that one may rest on. */
const SENTENCE = 1200;

/** Every text function behind a route, at its greatest length. */
export function textFunctions(index: OpenIndex): TextFunction[] {
  const quoting = { index, publicUrl: 'http://localhost' };
  const document = index.documents.get(STATEMENT_ID);
  if (!document) throw new Error(`the index has no ${STATEMENT_ID}`);
  const [paragraph] = document.paragraphs;
  if (!paragraph) throw new Error('the statement has no paragraph');
  const renderer = createPageRenderer();
  const display = { mode: 'standard', language: 'en' } as const;
  const quotes = document.paragraphs.slice(0, 12).map(({ text }) => text);
  const question = (name: string, run: (text: string) => unknown): TextFunction => ({ name, length: MAX_QUESTION_CODE_POINTS, run });
  return [
    question('understandQuestion', (text) => understandQuestion(text, index)),
    question('understandQuestion after a turn', (text) => understandQuestion('那呢？', index, [{ role: 'user', content: text }])),
    {
      name: 'understandQuestion after a long turn',
      length: MAX_TURN_CODE_POINTS,
      run: (text) =>
        understandQuestion('下一段呢？', index, [
          { role: 'user', content: text },
          { role: 'assistant', content: text },
        ]),
    },
    question('detectLanguage', detectLanguage),
    question('normalizeText', normalizeText),
    question('toMainlandChinese', toMainlandChinese),
    question('splitClauses', splitClauses),
    question('findReference', findReference),
    question('findNamedDocuments', (text) => findNamedDocuments(text, catalogueOf(index))),
    question('segmentWords', segmentWords),
    question('tokenizeText', tokenizeText),
    question('tokenizeRendering', (text) => tokenizeRendering(text, 'en')),
    question('contentWords', (text) => contentWords(text, 'kk')),
    {
      name: 'readConversation',
      length: MAX_TURN_CODE_POINTS,
      run: (text) =>
        readConversation(
          [
            { role: 'user', text },
            { role: 'assistant', text },
            { role: 'user', text: '那呢？' },
          ],
          {},
        ),
    },
    { name: 'withoutSources', length: MAX_TURN_CODE_POINTS, run: withoutSources },
    { name: 'checkQuote', length: QUOTE, run: (text) => filled(text) && describeCheck(checkQuote({ quote: text }, quoting), text) },
    { name: 'checkQuote of a paragraph sown with it', length: QUOTE, run: (text) => checkQuote({ quote: sown(text) }, quoting) },
    { name: 'shadowOf', length: QUOTE, run: shadowOf },
    {
      name: 'findUnsupported',
      length: SENTENCE,
      run: (text) => findUnsupported(text, { quotes, titles: [document.title], dates: quotes.map(() => document.date) }, index),
    },
    {
      name: 'findUnsupported by it',
      length: SENTENCE,
      run: (text) => findUnsupported(text, { quotes: [text], titles: [], dates: [document.date] }, index),
    },
    {
      name: 'feedback’s comment',
      length: COMMENT,
      run: (text) => feedbackRequestSchema.safeParse({ answerId: 'a', rating: 'up', comment: text }),
    },
    {
      name: 'citationUrl',
      length: QUOTE,
      run: (text) =>
        citationUrl('http://localhost', { documentId: 'd', text }, { paragraphId: 'p', start: 0 }, { start: 0, end: text.length }),
    },
    {
      name: 'quoteSelector',
      length: QUOTE,
      run: (text) => [quoteSelector(text, { start: 1, end: text.length }), codePointSpan(text, { start: 0, end: text.length })],
    },
    { name: 'firstWords', length: QUOTE, run: (text) => firstWords(text, 80) },
    { name: 'inQuotationMarks', length: QUOTE, run: inQuotationMarks },
    { name: 'markdownLink', length: QUOTE, run: (text) => markdownLink(text, 'http://localhost') },
    {
      name: 'the page of a checked quote',
      length: QUOTE,
      run: (text) =>
        filled(text) &&
        renderer.renderDocument(document, {
          publicUrl: 'http://localhost',
          display,
          hasSiblings: false,
          check: { quote: text, result: checkQuote({ quote: text }, quoting) },
        }),
    },
  ];
}

/** Blank text is refused before it reaches them. */
const filled = (text: string) => /\S/.test(text);
const sown = (text: string) =>
  [...text]
    .map((letter, at) => (at % 3 === 0 ? STATEMENT_SOURCE.charAt(at) : letter))
    .join('')
    .slice(0, QUOTE);

/** What reads whole documents at ingest: no bound on the length, so twice the text may cost about twice as much and no more. */
export const INGEST_FUNCTIONS: { name: string; run: (text: string) => unknown }[] = [
  { name: 'parseStructure', run: (text) => orRefused(() => parseStructure(text)) },
  { name: 'splitSentences', run: (text) => splitSentences(text) },
  { name: 'normalizeText of a document', run: normalizeText },
  { name: 'tokenizeText of a document', run: tokenizeText },
  { name: 'shadowOf a document', run: shadowOf },
];

/** A text may be no document; refusing it must be cheap, too. */
function orRefused(run: () => unknown): unknown {
  try {
    return run();
  } catch {
    return undefined;
  }
}
