import { LRUCache } from 'lru-cache';
import { type AnswerObserver, UNOBSERVED } from '../answering/answer-observer.ts';
import type { AnswerBody, AnswerEvent, AskRequest } from '../wire.ts';
import type { RatedAnswer } from './feedback-record.ts';

const MOST_ANSWERS = 5_000;
/** UTF-16 code units of questions and turns, at most 32 MB: 5,000 bodies of 16 kB would come to 160 MB. */
const MOST_TEXT = 16_000_000;

/**
 * The last answers by id, so that feedback can say what it is about. Questions are never logged; here they are kept in memory
 * alone, and reach the disk only when the visitor who asked sends feedback.
 */
export class RememberedAnswers {
  readonly #answers = new LRUCache<string, RatedAnswer>({ max: MOST_ANSWERS, maxSize: MOST_TEXT, sizeCalculation: textLength });

  get isEmpty(): boolean {
    return this.#answers.size === 0;
  }

  get(answerId: string): RatedAnswer | undefined {
    return this.#answers.get(answerId);
  }

  /**
   * Passes the events of an answer on. Every protocol's stream runs through here, whoever made the answer: it is known, and the
   * observer told, before its end is.
   */
  async *following<Event extends AnswerEvent>(
    asked: AskRequest,
    events: AsyncIterable<Event>,
    observer: AnswerObserver = UNOBSERVED,
  ): AsyncGenerator<Event> {
    const start = performance.now();
    let isFirst = true;
    for await (const event of events) {
      if (isFirst) observer.onStage('first-event', performance.now() - start);
      isFirst = false;
      if (event.event === 'answer-end') this.note(asked, event.data, observer);
      yield event;
    }
  }

  /** An answer is whole, and is about to be told: it is known from now on, and the observer told. */
  note(asked: AskRequest, body: AnswerBody, observer: AnswerObserver): void {
    this.#answers.set(body.id, ratedAnswer(asked, body));
    observer.onEnd(asked, body);
  }
}

const textLength = ({ asked: { question, history = [] } }: RatedAnswer): number =>
  history.reduce((sum, { content }) => sum + content.length, question.length);

function ratedAnswer(asked: AskRequest, body: AnswerBody): RatedAnswer {
  const { language, generator, indexGeneration } = body;
  const common = { asked, language, generator, indexGeneration };
  if (body.status === 'abstained') return { ...common, status: body.status, reason: body.reason };
  const cited = new Map(
    body.citations.map(({ documentId, paragraphId }) => [`${documentId}#${paragraphId}`, { documentId, paragraphId }] as const),
  );
  return { ...common, status: body.status, cited: [...cited.values()] };
}
