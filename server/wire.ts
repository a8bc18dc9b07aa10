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

/** A document that an answer leads to. `language` is the BCP 47 tag of its text, hence of the quotes from it. */
export type CitedDocument = { documentId: string; title: string; language: string };

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
