import { createParser } from 'eventsource-parser';
import type {
  AbstentionReason,
  AnswerBody,
  AnswerEvent,
  Citation,
  CitedDocument,
  DegradedReason,
  NearbyParagraph,
  ProblemBody,
} from '../../server/wire.ts';
import { isLanguage } from '../launcher/interface-language.ts';

/** Reads what came off the wire. A value that does not have the promised shape gives `undefined`, never a broken object. */

type Fields = Record<string, unknown>;

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** Only web addresses become links: anything else (`javascript:`) is refused with the whole citation. */
function isWebAddress(value: unknown): value is string {
  return isText(value) && /^https?:\/\//i.test(value);
}

function readAll<Item>(value: unknown, read: (item: unknown) => Item | undefined): Item[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = value.map(read).filter((item) => item !== undefined);
  return items.length === value.length ? items : undefined;
}

function readNearby(value: unknown): NearbyParagraph | undefined {
  if (!isFields(value)) return undefined;
  const { documentId, paragraphId, label, url, similarity } = value;
  if (!isText(documentId) || !isText(paragraphId) || !isText(label)) return undefined;
  if (!isWebAddress(url) || !isNumber(similarity)) return undefined;
  return { documentId, paragraphId, label, url, similarity };
}

export function readCitation(value: unknown): Citation | undefined {
  const place = readNearby(value);
  if (!place || !isFields(value)) return undefined;
  const { marker, quote, start, end } = value;
  if (!isCount(marker) || !isText(quote) || !isCount(start) || !isCount(end)) return undefined;
  return { ...place, marker, quote, start, end };
}

const REASONS: readonly AbstentionReason[] = [
  'no-evidence',
  'off-topic',
  'no-such-paragraph',
  'no-such-document',
  'which-document',
  'unsupported-claim',
];
const DEGRADED_REASONS: readonly DegradedReason[] = [
  'model-timeout',
  'model-error',
  'model-unusable-output',
  'model-resting',
  'model-spent',
];

// A reason this build does not know must not hide the answer: the sentence to show comes with it.
const readReason = (value: unknown): AbstentionReason => REASONS.find((reason) => reason === value) ?? 'no-evidence';

function readDegraded(value: unknown): { degraded?: DegradedReason } {
  if (value === undefined) return {};
  return { degraded: DEGRADED_REASONS.find((reason) => reason === value) ?? 'model-error' };
}

function readDocument(value: unknown): CitedDocument | undefined {
  if (!isFields(value)) return undefined;
  const { documentId, title, date, language, notes } = value;
  if (!isText(documentId) || !isText(title) || !isText(language)) return undefined;
  const readable = Object.entries(isFields(notes) ? notes : {}).filter((entry): entry is [string, string] => isText(entry[1]));
  return {
    documentId,
    title,
    ...(isText(date) && { date }),
    language,
    ...(readable.length > 0 && { notes: Object.fromEntries(readable) }),
  };
}

/** What an older server does not send is left out; what is unreadable counts as not sent. */
function readExtras({ degraded, followUps, documents }: Fields) {
  const questions = readAll(followUps, (question) => (isText(question) ? question : undefined));
  const cited = readAll(documents, readDocument);
  return { ...readDegraded(degraded), ...(questions && { followUps: questions }), ...(cited && { documents: cited }) };
}

export function readAnswerBody(value: unknown): AnswerBody | undefined {
  if (!isFields(value)) return undefined;
  const { id, status, answer, language, generator, indexGeneration, citations, nearby, reason } = value;
  if (!isText(id) || !isText(answer) || !isLanguage(language)) return undefined;
  if (!isText(generator) || !isText(indexGeneration)) return undefined;
  const common = { id, answer, language, generator, indexGeneration, ...readExtras(value) };
  if (status === 'answered') {
    const verified = readAll(citations, readCitation);
    return verified && { ...common, status, citations: verified };
  }
  if (status !== 'abstained') return undefined;
  const places = readAll(nearby, readNearby);
  return places && { ...common, status, reason: readReason(reason), citations: [], nearby: places };
}

export function readProblem(value: unknown): ProblemBody | undefined {
  if (!isFields(value)) return undefined;
  const { type, title, status, detail, code } = value;
  if (!isText(title) || !isCount(status) || !isText(code)) return undefined;
  return { type: isText(type) ? type : 'about:blank', title, status, detail: isText(detail) ? detail : '', code };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readTextDelta(value: unknown): { text: string } | undefined {
  if (!isFields(value)) return undefined;
  const { text } = value;
  return isText(text) ? { text } : undefined;
}

function readAbstention(value: unknown): { reason: AbstentionReason; nearby: NearbyParagraph[] } | undefined {
  if (!isFields(value)) return undefined;
  const { reason, nearby } = value;
  const places = readAll(nearby, readNearby);
  return places && { reason: readReason(reason), nearby: places };
}

/** `undefined` for an event that is unknown (a newer server) or unreadable. */
export function readAnswerEvent(event: string | undefined, payload: string): AnswerEvent | undefined {
  const value = parseJson(payload);
  if (event === 'text-delta') {
    const data = readTextDelta(value);
    return data && { event, data };
  }
  if (event === 'citation') {
    const data = readCitation(value);
    return data && { event, data };
  }
  if (event === 'abstention') {
    const data = readAbstention(value);
    return data && { event, data };
  }
  if (event === 'answer-end') {
    const data = readAnswerBody(value);
    return data && { event, data };
  }
  if (event !== 'answer-error') return undefined;
  const data = readProblem(value);
  return data && { event, data };
}

/** The answer events of an SSE body. Ends when the stream ends; leaving the loop early closes the connection. */
export async function* readAnswerEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<AnswerEvent> {
  const arrived: AnswerEvent[] = [];
  const parser = createParser({
    onEvent(message) {
      const event = readAnswerEvent(message.event, message.data);
      if (event) arrived.push(event);
    },
  });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      yield* arrived.splice(0);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
