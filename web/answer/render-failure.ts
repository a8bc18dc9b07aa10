import type { AskFailure } from '../conversation/ask-client.ts';
import type { Outcome } from '../conversation/exchange.ts';
import { createElement } from '../panel/create-element.ts';
import type { AnswerContext, Wording } from './answer-context.ts';

type Failure = Extract<Outcome, { kind: 'failure' }>;
type Described = Pick<Wording, 'texts' | 'formatNumber'>;

export function describeFailure(failure: AskFailure, { texts, formatNumber }: Described): string {
  switch (failure.kind) {
    case 'network':
      return navigator.onLine ? texts.failedNetwork : texts.offline;
    case 'rate-limited':
      return texts.failedRateLimit(failure.retryAfterSeconds ? formatNumber(failure.retryAfterSeconds) : undefined);
    case 'not-ready':
      return texts.failedNotReady;
    case 'refused':
      return texts.failedRefused;
    case 'server':
      return texts.failedServer;
  }
}

export function createRetry({ texts, onRetry }: Pick<AnswerContext, 'texts' | 'onRetry'>): HTMLButtonElement {
  const retry = createElement('button', { class: 'retry', type: 'button', 'data-focus-key': 'retry' }, texts.retry);
  retry.addEventListener('click', onRetry);
  return retry;
}

const secondsToWait = (failure: AskFailure) =>
  failure.kind === 'rate-limited' || failure.kind === 'not-ready' ? (failure.retryAfterSeconds ?? 0) : 0;

const noticeWhileWaiting = (failure: AskFailure, seconds: number, context: Described) =>
  describeFailure(failure.kind === 'rate-limited' ? { ...failure, retryAfterSeconds: seconds } : failure, context);

/** Counts down to when the server will take the question again; a screen reader hears the beginning and the end. */
function countDown(failure: AskFailure, until: number, notice: HTMLElement, retry: HTMLButtonElement, context: AnswerContext): void {
  retry.disabled = true;
  const timer = setInterval(() => {
    const seconds = Math.ceil((until - Date.now()) / 1000);
    if (seconds > 0) {
      notice.textContent = noticeWhileWaiting(failure, seconds, context);
      return;
    }
    clearInterval(timer);
    retry.disabled = false;
    notice.textContent = context.texts.retryReady;
    context.announce(context.texts.retryReady);
  }, 1000);
  context.signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

export function renderFailure({ failure, failedAt }: Failure, context: AnswerContext): Node[] {
  const notice = createElement('p', { class: 'failure' }, describeFailure(failure, context));
  // Asking the same again cannot help where the server refused the question itself.
  if (failure.kind === 'refused') return [notice];
  const retry = createRetry(context);
  const until = failedAt + secondsToWait(failure) * 1000;
  if (until > Date.now()) countDown(failure, until, notice, retry, context);
  return [notice, retry];
}
