import type { AnswerContext } from '../answer/answer-context.ts';
import { renderAnswer } from '../answer/render-answer.ts';
import type { Exchange } from '../conversation/exchange.ts';
import { createElement } from './create-element.ts';
import type { PanelTexts } from './texts/panel-texts.ts';

/** The log's entry of one exchange. */
export type LogEntry = {
  show: (exchange: Exchange) => void;
  /** Ends what the entry does by itself: countdowns, reading aloud. */
  end: () => void;
};

/** The time of day, with the day where it is another. */
function formatTime(askedAt: number, language: string): string {
  const date = new Date(askedAt);
  const isToday = date.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(language, { timeStyle: 'short', ...(isToday ? {} : { dateStyle: 'medium' }) }).format(date);
}

function createQuestion({ question, askedAt }: Exchange, texts: PanelTexts, language: string): HTMLElement[] {
  const spoken = createElement('span', { class: 'spoken' }, texts.youAsked);
  const time = createElement('time', { datetime: new Date(askedAt).toISOString() }, formatTime(askedAt, language));
  return [createElement('p', { class: 'question', part: 'question', dir: 'auto' }, spoken, question), time];
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
  const number = String(log.querySelectorAll('.exchange').length);
  const content = [...createQuestion(exchange, texts, language), response];
  const entry = createElement('article', { class: 'exchange', 'data-exchange': number }, ...content);
  log.append(entry);
  let scrolledTo: number | undefined;

  return {
    show(current) {
      rendering.abort();
      rendering = new AbortController();
      response.replaceChildren(...renderAnswer(current, contextOf(rendering.signal)));
      response.setAttribute('aria-busy', String(current.outcome.kind === 'pending'));
      // The question stays at the top while its answer grows, unless the visitor has scrolled since.
      if (scrolledTo !== undefined && Math.abs(log.scrollTop - scrolledTo) > 4) return;
      log.scrollTop = entry.offsetTop;
      scrolledTo = log.scrollTop;
    },
    end: () => rendering.abort(),
  };
}
