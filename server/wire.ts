import { z } from 'zod';

/**
 * What travels between Youju and its clients: the request and response bodies of the HTTP API.
 * One schema serves validation and types; `web/` imports the types only, so zod never reaches the browser.
 */

/** The languages a visitor may be answered in, as BCP 47 tags. Quotes stay in the document's own language. */
export const languageSchema = z.enum(['zh-Hans', 'zh-Hant', 'en', 'ru', 'kk']);
export type Language = z.infer<typeof languageSchema>;

const wellFormed = (text: string) => text.isWellFormed();
const codePoints = (limit: number) => (text: string) => text.length <= limit || [...text].length <= limit;

/** Questions longer than this many code points are refused: every text function downstream is bounded by it. */
export const MAX_QUESTION_CODE_POINTS = 500;
/** A conversation turn may be longer than a question: it may hold one of our own answers. */
export const MAX_TURN_CODE_POINTS = 4000;
export const MAX_TURNS = 20;

const boundedText = (limit: number) =>
  z.string().refine(wellFormed, 'contains a lone surrogate').refine(codePoints(limit), `is longer than ${limit} characters`);

const questionSchema = boundedText(MAX_QUESTION_CODE_POINTS).refine((text) => text.trim() !== '', 'is empty');

const documentIdSchema = z
  .string()
  .max(200)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'is not a documentId (lower-case words joined by hyphens)');

export const turnSchema = z.object({
  role: z.enum(['user', 'assistant']),
  content: boundedText(MAX_TURN_CODE_POINTS),
});
export type Turn = z.infer<typeof turnSchema>;

export const askRequestSchema = z.object({
  question: questionSchema,
  history: z.array(turnSchema).max(MAX_TURNS).optional(),
  language: languageSchema.optional(),
  documentId: documentIdSchema.optional(),
});
export type AskRequest = z.infer<typeof askRequestSchema>;

/** Quotations longer than this many code points are refused: a longer one is checked paragraph by paragraph. */
export const MAX_QUOTE_CODE_POINTS = 2000;

/** `POST /api/verify`. Labels are in `language`, else in each document's own. */
export const quoteCheckRequestSchema = z.object({
  quote: boundedText(MAX_QUOTE_CODE_POINTS).refine((text) => text.trim() !== '', 'is empty'),
  language: languageSchema.optional(),
  documentId: documentIdSchema.optional(),
});
export type QuoteCheckRequest = z.infer<typeof quoteCheckRequestSchema>;

export const searchRequestSchema = z.object({
  query: questionSchema,
  k: z.number().int().min(1).max(50).optional(),
  documentId: documentIdSchema.optional(),
});

export const MAX_ANSWER_ID_CODE_POINTS = 100;
export const MAX_COMMENT_CODE_POINTS = 1000;

/** `POST /api/feedback` → 204. `answerId` is the `id` of an answer; one that the server no longer knows is taken as well. */
export const feedbackRequestSchema = z.object({
  answerId: boundedText(MAX_ANSWER_ID_CODE_POINTS).min(1),
  rating: z.enum(['up', 'down']),
  comment: boundedText(MAX_COMMENT_CODE_POINTS).optional(),
});

/**
 * A verified citation. `quote` is cut by the server from the paragraph's text: `text.slice(start, end) === quote`,
 * offsets in UTF-16 code units. `similarity` is in 0…1, higher is better.
 */
export type Citation = {
  marker: number;
  documentId: string;
  paragraphId: string;
  label: string;
  quote: string;
  start: number;
  end: number;
  url: string;
  similarity: number;
};

/** A paragraph near the question, offered as such when Youju declines. It answers nothing and is not a citation. */
export type NearbyParagraph = {
  documentId: string;
  paragraphId: string;
  label: string;
  url: string;
  similarity: number;
};

/**
 * A document that an answer leads to. `language` is the BCP 47 tag of its text, hence of the quotes from it. `notes` are what its
 * editor has to say to the paragraphs cited, by paragraph id, in the language of the answer.
 */
export type CitedDocument = { documentId: string; title: string; language: string; notes?: Record<string, string> };

/**
 * Why Youju declined:
 * - `no-evidence`: on the documents' subject, but they do not say it;
 * - `off-topic`: not about these documents at all;
 * - `no-such-paragraph`: asks by number for a part or an item that does not exist;
 * - `unsupported-claim`: an answer was drafted and none of its sentences could be verified.
 */
export type AbstentionReason = 'no-evidence' | 'off-topic' | 'no-such-paragraph' | 'unsupported-claim';

/** Why a chat model's answer was given up for extracts of the documents. */
export type DegradedReason = 'model-timeout' | 'model-error' | 'model-unusable-output';

type AnswerCommon = {
  id: string;
  answer: string;
  language: Language;
  generator: string;
  indexGeneration: string;
  /** One to three questions that lead on from here, in the language of the answer; absent where there are none. */
  followUps?: string[];
  /** The documents that `citations` or `nearby` lead to; absent where there are none. */
  documents?: CitedDocument[];
};

/**
 * `POST /api/ask`. `answer` holds markers such as `[1]`, each the `marker` of one citation. They count from 1, but for an answer that
 * was begun by a model and given up (`degraded`): its extract goes on counting where the streamed sentences stopped.
 */
export type AnswerBody =
  | (AnswerCommon & {
      status: 'answered';
      citations: Citation[];
      degraded?: DegradedReason;
    })
  | (AnswerCommon & {
      status: 'abstained';
      reason: AbstentionReason;
      citations: [];
      nearby: NearbyParagraph[];
      degraded?: DegradedReason;
    });

/** The Server-Sent Events of `POST /api/ask`: `event` is the SSE event name, `data` its JSON payload. */
export type AnswerEvent =
  | { event: 'text-delta'; data: { text: string } }
  | { event: 'citation'; data: Citation }
  | { event: 'abstention'; data: { reason: AbstentionReason; nearby: NearbyParagraph[] } }
  | { event: 'answer-end'; data: AnswerBody }
  | { event: 'answer-error'; data: ProblemBody };

/** `POST /api/search`: one passage a paragraph, best first. */
export type PassageBody = Omit<Citation, 'marker' | 'quote'> & { text: string };

/**
 * How a quotation departs from the document. These read the same to a reader:
 * - `script`: traditional for simplified characters, or the reverse (協定 / 协定); the same number in other figures (二〇一九 / 2019);
 * - `width`: another form of the same character (１ / 1, ﬁ / fi, é composed or not);
 * - `punctuation`: another mark, a mark left out or added;
 * - `whitespace`: spaces and line breaks, as mail and PDF wrapping puts them in; invisible characters;
 * - `case`: capitals for small letters;
 * - `homoglyph`: a letter of another alphabet that looks the same (Latin `a` for Cyrillic `а`).
 *
 * These say something else:
 * - `negation`: a word such as 不, 未, not, не put in or left out;
 * - `number`: another number or date;
 * - `word`: other words, words left out or added;
 * - `omission`: words left out where the quotation says so by an ellipsis (…, ……, [...]).
 */
export type DifferenceKind =
  | 'script'
  | 'width'
  | 'punctuation'
  | 'whitespace'
  | 'case'
  | 'homoglyph'
  | 'negation'
  | 'number'
  | 'word'
  | 'omission';

/**
 * One departure. `quoted` is `quote.slice(quoteStart, quoteEnd)` of the request, `original` is `text.slice(start, end)` of the
 * paragraph, all offsets in UTF-16 code units; one of the two may be empty. In order, disjoint, and complete: putting each
 * `original` in the place of its `quoted` turns the match's stretch of the quote into the match's stretch of the paragraph.
 */
export type QuoteDifference = {
  kind: DifferenceKind;
  quoteStart: number;
  quoteEnd: number;
  quoted: string;
  start: number;
  end: number;
  original: string;
};

/**
 * A stretch of the quotation, `quoteStart`…`quoteEnd` in the request's `quote`, and where it stands: `original` is
 * `text.slice(start, end)` of the paragraph. `leftOut` is there where the paragraph has a negation right before (不, 反对, not, не):
 * `text.slice(leftOut.start, leftOut.end)`, up to the match's `start`. The quotation has its words, but may say the opposite.
 */
export type VerbatimMatch = Omit<Citation, 'marker' | 'quote' | 'similarity'> & {
  quoteStart: number;
  quoteEnd: number;
  original: string;
  leftOut?: { start: number; end: number; text: string };
};

/**
 * A stretch of the quotation that stands there with differences. `wording` is `same` where all of them only look or are spaced
 * otherwise (`script` … `homoglyph` above). `similarity` in 0…1 is the share of the stretch's letters and numbers that stand there.
 */
export type AlteredMatch = VerbatimMatch & { differences: QuoteDifference[]; wording: 'same' | 'changed'; similarity: number };

/**
 * How the matches belong together:
 * - `whole`: each accounts for the whole quotation; several are several places, best first;
 * - `consecutive`: the quotation runs over paragraphs that follow each other, one match each, in order; what stands between two
 *   paragraphs (spaces, a heading) belongs to neither, so `altered` here may come with no difference in any of them;
 * - `stitched`: the quotation is put together from places apart, one match each, in the quotation's order.
 */
export type QuoteArrangement = 'whole' | 'consecutive' | 'stitched';

/**
 * `POST /api/verify`. Outer white space and one pair of outer quotation marks do not count as part of the quotation.
 * `verbatim`: a document has it character by character. `altered`: the documents have it, with differences, or its parts only.
 * `absent`: no document has it; `nearest` are the paragraphs most like it, best first, and are no matches.
 */
export type QuoteCheckBody =
  | { verdict: 'verbatim'; arrangement: 'whole' | 'consecutive'; matches: VerbatimMatch[] }
  | { verdict: 'altered'; arrangement: QuoteArrangement; matches: AlteredMatch[] }
  | { verdict: 'absent'; matches: []; nearest: NearbyParagraph[] };

export type DocumentSummary = {
  documentId: string;
  title: string;
  /** Day of signing, ISO 8601. */
  date?: string;
  place?: string;
  /** BCP 47 tag of the document's own language. */
  language: string;
  url: string;
  sha256: string;
};

export type DocumentBody = DocumentSummary & {
  /** `start` and `end` are offsets in the source text, UTF-16 code units. */
  paragraphs: { paragraphId: string; label: string; text: string; start: number; end: number }[];
};

/** `GET /api/documents/:documentId/questions`: what to ask first, in the language asked for, else the document's. */
export type QuestionsBody = { questions: string[] };

/** RFC 9457 problem details. `code` is stable; `detail` tells the caller what to do. */
export type ProblemBody = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
};
