import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { AnswerBody, AskRequest } from '../../wire.ts';
import { type AnsweringDependencies, answerAtOnce, answerQuestion } from '../answer-question.ts';
import type { AnswerStep } from '../answer-step.ts';
import { answerKey } from './answer-key.ts';
import { Flight } from './flight.ts';

/** UTF-16 code units, hence 32 MB. */
const MOST_CHARACTERS = 16 * 2 ** 20;
const LIFETIME_MILLISECONDS = 3_600_000;
/**
 * UTF-16 code units of extracts, hence 16 MB: some 2,700 answers of several documents (3,083 units on average, at 10,000 paragraphs), more than
 * twice as many of one (1,315). They hold as long as the index does.
 */
const MOST_EXTRACTED = 8 * 2 ** 20;

/** What an answer is made with that may be shared; without `shared` each question has one of its own. */
export type SharedAnswering = AnsweringDependencies & { shared?: SharedAnswers };

/** Where an answer came from. `joined`: another client had just asked the same. `miss`: it was made anew. */
export type AnswerSource = 'hit' | 'joined' | 'miss';

type Options = {
  /** Milliseconds of a clock that never goes back. */
  now?: () => number;
  onAnswer?: (source: AnswerSource) => void;
};

/**
 * Lets clients who ask the same share one answer of a chat model: at the same time one run, for an hour the answer. Kept are
 * complete, verified answers that the model wrote; not what was degraded or declined. Answers that need no model are kept as well: the
 * questions that pages suggest are asked again and again, and one from memory takes a sixth of the time, HTTP and all (docs/benchmarks.md).
 */
export class SharedAnswers {
  readonly #answers: LRUCache<string, AnswerStep[]>;
  readonly #extracts = new LRUCache<string, AnswerBody>({ maxSize: MOST_EXTRACTED, sizeCalculation: extractLength });
  readonly #flights = new Map<string, Flight>();
  readonly #onAnswer: (source: AnswerSource) => void;

  constructor({ now = () => performance.now(), onAnswer = () => {} }: Options = {}) {
    this.#answers = new LRUCache({
      maxSize: MOST_CHARACTERS,
      sizeCalculation: (steps) => JSON.stringify(steps).length,
      ttl: LIFETIME_MILLISECONDS,
      // Else a timer remembers the time for a millisecond, and a clock of one's own is not asked.
      ttlResolution: 0,
      perf: { now },
    });
    this.#onAnswer = onAnswer;
  }

  /** What is kept, in UTF-16 code units of JSON. */
  get characters(): number {
    return this.#answers.calculatedSize;
  }

  /** The steps of `answerQuestion`, shared, until `signal` ends the waiting; each client's answer has an id of its own. Throws like `answerQuestion`. */
  async *answer(request: AskRequest, dependencies: AnsweringDependencies, signal: AbortSignal): AsyncGenerator<AnswerStep> {
    const key = answerKey(request, dependencies);
    const kept = this.#answers.get(key);
    if (kept) {
      this.#onAnswer('hit');
      for (const step of kept) yield withOwnId(step);
      return;
    }
    const running = this.#flights.get(key);
    this.#onAnswer(running ? 'joined' : 'miss');
    const flight = running ?? this.#begin(key, request, dependencies);
    let isBegun = false;
    try {
      for await (const step of flight.follow(signal)) {
        isBegun = true;
        yield withOwnId(step);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
      // Whose time is over, while others go on waiting, gets the extract. Where sentences were shown before, its end alone: that holds
      // the whole answer, and its markers would be taken for theirs.
      for await (const step of answerQuestion(request, dependencies, signal)) if (!isBegun || step.event === 'answer-end') yield step;
    }
  }

  /** The end of an answer that waits for nobody; each client's has an id of its own. Throws like `answerAtOnce`. */
  async answerAtOnce(request: AskRequest, dependencies: AnsweringDependencies): Promise<AnswerBody> {
    const key = answerKey(request, dependencies);
    const kept = this.#extracts.get(key);
    if (kept) return { ...kept, id: randomUUID() };
    const body = await answerAtOnce(request, dependencies);
    this.#extracts.set(key, body);
    return body;
  }

  #begin(key: string, request: AskRequest, dependencies: AnsweringDependencies): Flight {
    const flight = new Flight(
      (signal) => answerQuestion(request, dependencies, signal),
      (steps) => {
        this.#flights.delete(key);
        if (isWrittenByModel(steps)) this.#answers.set(key, steps);
      },
    );
    this.#flights.set(key, flight);
    return flight;
  }
}

/** The answer to a question, shared with others who ask the same where a chat model would be called and sharing is on. */
export function answerShared(request: AskRequest, dependencies: SharedAnswering, signal: AbortSignal): AsyncGenerator<AnswerStep> {
  const { shared, chatModel } = dependencies;
  return shared && chatModel ? shared.answer(request, dependencies, signal) : answerQuestion(request, dependencies, signal);
}

/** Nearly all of it: the quotes are in the answer, too. */
function extractLength(body: AnswerBody): number {
  const places = body.status === 'answered' ? body.citations : body.nearby;
  return places.reduce((sum, { url, label }) => sum + url.length + label.length, 2 * body.answer.length + 500);
}

function isWrittenByModel(steps: readonly AnswerStep[]): boolean {
  const last = steps.at(-1);
  if (last?.event !== 'answer-end') return false;
  const { status, generator, degraded } = last.data;
  return status === 'answered' && generator !== 'extractive' && degraded === undefined;
}

/** Feedback is given to one client's answer. */
const withOwnId = (step: AnswerStep): AnswerStep =>
  step.event === 'answer-end' ? { ...step, data: { ...step.data, id: randomUUID() } } : step;
