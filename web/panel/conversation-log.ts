import type { AnswerContext } from '../answer/answer-context.ts';
import { renderAnswer } from '../answer/render-answer.ts';
import type { Exchange } from '../conversation/conversation.ts';
import { createElement } from './create-element.ts';
import type { PanelTexts } from './panel-texts.ts';

/** The log's entry of one exchange. */
export type LogEntry = {
  show: (exchange: Exchange) => void;
  /** Ends what the entry does by itself: countdowns, reading aloud. */
  end: () => void;
};

/** Replaces the content without taking the focus from a visitor who is already on one of its links. */
function replaceContent(container: HTMLElement, content: Node[]): void {
  const root = container.getRootNode();
  const focused = root instanceof ShadowRoot && container.contains(root.activeElement) ? root.activeElement : null;
  const key = focused?.getAttribute('data-focus-key');
  container.replaceChildren(...content);
  if (!key) return;
  const successor = container.querySelector(`[data-focus-key="${CSS.escape(key)}"]`);
  if (successor instanceof HTMLElement) successor.focus({ preventScroll: true });
}

/** The time of day, with the day where it is another. */
function formatTime(askedAt: number, language: string): string {
  const date = new Date(askedAt);
  const isToday = date.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(language, { timeStyle: 'short', ...(isToday ? {} : { dateStyle: 'medium' }) }).format(date);
}

function createQuestion({ question, askedAt }: Exchange, texts: PanelTexts, language: string): HTMLElement[] {
  const spoken = createElement('span', { class: 'spoken' }, texts.youAsked);
  const time = createElement('time', { datetime: new Date(askedAt).toISOString() }, formatTime(askedAt, language));
  return [createElement('p', { class: 'question', part: 'question' }, spoken, question), time];
}

/** Adds an exchange at the end of the log. `contextOf` makes the context of one rendering, which ends with its signal. */
export function appendExchange(
  log: HTMLElement,
  exchange: Exchange,
  language: string,
  contextOf: (signal: AbortSignal) => AnswerContext,
): LogEntry {
  let rendering = new AbortController();
  const { texts } = contextOf(rendering.signal);
  const response = createElement('div', { class: 'response' });
  const entry = createElement('article', { class: 'exchange' }, ...createQuestion(exchange, texts, language), response);
  log.append(entry);
  let scrolledTo: number | undefined;

  return {
    show(current) {
      rendering.abort();
      rendering = new AbortController();
      replaceContent(response, renderAnswer(current, contextOf(rendering.signal)));
      response.setAttribute('aria-busy', String(current.outcome.kind === 'pending'));
      // The question stays at the top while its answer grows, unless the visitor has scrolled since.
      if (scrolledTo !== undefined && Math.abs(log.scrollTop - scrolledTo) > 4) return;
      log.scrollTop = entry.offsetTop;
      scrolledTo = log.scrollTop;
    },
    end: () => rendering.abort(),
  };
}
