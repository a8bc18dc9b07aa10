import type { AnswerBody, AskRequest } from '../wire.ts';
import { UNSUPPORTED_REASONS } from './check-support.ts';
import { REJECTION_REASONS } from './verify-citations.ts';

/**
 * What the time of an answer goes into. `retrieve` holds `embed`, `rewrite` the retrievals for what the model rewrote; `weigh` is
 * the evidence in the passages; `generate` waits for the chat model; `verify` is one sentence; `first-event` is all that passed
 * before the client could be told anything.
 */
export const ANSWER_STAGES = ['understand', 'retrieve', 'embed', 'weigh', 'rewrite', 'generate', 'verify', 'first-event'] as const;
export type AnswerStage = (typeof ANSWER_STAGES)[number];

/** Why a sentence of a draft was not shown: its citation does not hold, there is none, it mixes documents, or they do not bear it out. */
export const DROP_REASONS = [...REJECTION_REASONS, 'no-claim', 'several-documents', ...UNSUPPORTED_REASONS] as const;
export type DropReason = (typeof DROP_REASONS)[number];

/** Told of what happens inside one answer, as it happens. */
export type AnswerObserver = {
  onStage: (stage: AnswerStage, milliseconds: number) => void;
  onDropped: (reason: DropReason) => void;
  /** The answer is whole, and its end is about to be told. */
  onEnd: (asked: AskRequest, body: AnswerBody) => void;
};

/** For who does not watch: commands and evals. */
export const UNOBSERVED: AnswerObserver = { onStage: () => {}, onDropped: () => {}, onEnd: () => {} };

/** Does a stage's work; how long it took is told also where it fails. */
export function timeStage<Result>({ onStage }: AnswerObserver, stage: AnswerStage, work: () => Result): Result {
  const start = performance.now();
  try {
    return work();
  } finally {
    onStage(stage, performance.now() - start);
  }
}

/** The same for a stage that waits. */
export async function timeWaitingStage<Result>(
  { onStage }: AnswerObserver,
  stage: AnswerStage,
  work: () => Promise<Result>,
): Promise<Result> {
  const start = performance.now();
  try {
    return await work();
  } finally {
    onStage(stage, performance.now() - start);
  }
}

/** A stage that waits for one item after another: they are passed on, and what is done with them in between is not its time. */
export async function* timeWaits<Item>({ onStage }: AnswerObserver, stage: AnswerStage, items: AsyncGenerator<Item>): AsyncGenerator<Item> {
  let waited = 0;
  let since = performance.now();
  try {
    for await (const item of items) {
      waited += performance.now() - since;
      since = Number.POSITIVE_INFINITY;
      yield item;
      since = performance.now();
    }
  } finally {
    onStage(stage, waited + Math.max(0, performance.now() - since));
  }
}
