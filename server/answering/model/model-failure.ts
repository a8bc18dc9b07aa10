import type { DegradedReason } from '../../wire.ts';

/**
 * Whose failure it was. `endpoint`: it refused, hung, broke off or answered an error; enough of these in a row and it is left alone.
 * `output`: it did answer, with what cannot be used. `nobody`: the client left, or a guard of ours kept the call back.
 */
type Blame = 'endpoint' | 'output' | 'nobody';

/** The model could not be used; the answer falls back to extracts. The cause is for the log and holds no SDK object. */
export class ModelFailure extends Error {
  override readonly name = 'ModelFailure';
  readonly reason: DegradedReason;
  readonly blame: Blame;

  constructor(reason: DegradedReason, message: string, blame: Blame) {
    super(message);
    this.reason = reason;
    this.blame = blame;
  }
}

const statusOf = (error: unknown) =>
  typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number' ? error.status : undefined;

/** Whether the same call may go well a moment later. */
export const isPassing = (error: unknown): boolean => {
  const status = statusOf(error);
  return !(error instanceof ModelFailure) && (status === undefined || status === 429 || status >= 500);
};

/** These are said of one prompt (too long, filtered): other questions may fare better. */
const OF_THE_PROMPT = new Set([400, 413, 422]);

/** Only the kind of failure is kept: the SDK's messages can echo the key. */
export function toModelFailure(error: unknown, signal: AbortSignal): ModelFailure {
  if (signal.aborted)
    return signal.reason instanceof ModelFailure ? signal.reason : new ModelFailure('model-timeout', 'the client left', 'nobody');
  if (error instanceof ModelFailure) return error;
  const status = statusOf(error);
  if (status === undefined) return new ModelFailure('model-error', 'the model could not be reached, or broke off', 'endpoint');
  return new ModelFailure('model-error', `the model answered HTTP ${status}`, OF_THE_PROMPT.has(status) ? 'output' : 'endpoint');
}
