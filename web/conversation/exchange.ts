import type { AnswerBody, AskRequest, Citation, Language, NearbyParagraph, Turn } from '../../server/wire.ts';
import type { AnswerProgress, AskFailure } from './ask-client.ts';

/** How an exchange ended, or that it has not. `failedAt` is in milliseconds since 1970. */
export type Outcome =
  | { kind: 'pending' }
  | { kind: 'answer'; body: AnswerBody }
  | { kind: 'stopped' }
  | { kind: 'failure'; failure: AskFailure; failedAt: number };

export type Rating = 'up' | 'down';

/** One question and what has arrived for it so far. */
export type Exchange = {
  readonly question: string;
  /** When it was asked, milliseconds since 1970. */
  readonly askedAt: number;
  readonly text: string;
  readonly citations: readonly Citation[];
  readonly nearby: readonly NearbyParagraph[];
  readonly outcome: Outcome;
  /** What the visitor thought of the answer. */
  readonly rating?: Rating;
};

const MAX_HISTORY_TURNS = 6;
/** The bounds of the server's schema (`MAX_QUESTION_CODE_POINTS`, `MAX_TURN_CODE_POINTS`): only its types may be imported. */
const MAX_QUESTION_CODE_POINTS = 500;
const MAX_TURN_CODE_POINTS = 4000;
/** The server takes bodies of 16 kB. This leaves room for the longest question in its longest JSON form. */
const MAX_HISTORY_BYTES = 12_000;

export function startExchange(question: string, askedAt: number): Exchange {
  return { question, askedAt, text: '', citations: [], nearby: [], outcome: { kind: 'pending' } };
}

export function advanceExchange(exchange: Exchange, progress: AnswerProgress): Exchange {
  switch (progress.event) {
    case 'text-delta':
      return { ...exchange, text: exchange.text + progress.data.text };
    case 'citation':
      return { ...exchange, citations: [...exchange.citations, progress.data] };
    case 'abstention':
      return { ...exchange, nearby: progress.data.nearby };
    case 'answer-end':
      return finishExchange(exchange, progress.data);
  }
}

/** The final body replaces whatever was streamed before it. */
export function finishExchange(exchange: Exchange, body: AnswerBody): Exchange {
  const nearby = body.status === 'abstained' ? body.nearby : [];
  return { ...exchange, text: body.answer, citations: body.citations, nearby, outcome: { kind: 'answer', body } };
}

/** By how many characters a question is too long; 0 if it is not. */
export function excessLength(question: string): number {
  const text = question.trim();
  if (text.length <= MAX_QUESTION_CODE_POINTS) return 0;
  return Math.max(0, [...text].length - MAX_QUESTION_CODE_POINTS);
}

function truncateTurn(content: string): string {
  return content.length <= MAX_TURN_CODE_POINTS ? content : [...content].slice(0, MAX_TURN_CODE_POINTS).join('');
}

const byteLength = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;

/** The last answered exchanges as turns; the oldest go first where the request would grow too large. */
export function historyOf(exchanges: readonly Exchange[]): Turn[] {
  const pairs = exchanges.flatMap(({ question, outcome }): Turn[][] => {
    if (outcome.kind !== 'answer') return [];
    const { answer } = outcome.body;
    return [
      [
        { role: 'user', content: question },
        { role: 'assistant', content: truncateTurn(answer) },
      ],
    ];
  });
  let recent = pairs.slice(-MAX_HISTORY_TURNS / 2);
  while (recent.length > 0 && byteLength(recent) > MAX_HISTORY_BYTES) recent = recent.slice(1);
  return recent.flat();
}

export function buildRequest(
  question: string,
  earlier: readonly Exchange[],
  options: { documents: string | undefined; language: Language | undefined },
): AskRequest {
  const history = historyOf(earlier);
  return {
    question,
    ...(history.length > 0 && { history }),
    ...(options.language && { language: options.language }),
    ...documentsIn(options.documents),
  };
}

/** The attribute has one document, or several apart by spaces or commas. */
function documentsIn(attribute: string | undefined): Pick<AskRequest, 'documentId' | 'documentIds'> {
  const [only, ...others] = attribute?.split(/[\s,]+/).filter((id) => id !== '') ?? [];
  if (only === undefined) return {};
  return others.length > 0 ? { documentIds: [only, ...others] } : { documentId: only };
}
