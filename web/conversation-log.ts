import type { Exchange } from './conversation.ts';
import { createElement } from './create-element.ts';
import type { AnswerContext } from './render-answer.ts';
import { renderAnswer } from './render-answer.ts';

/** The log's entry of one exchange. */
export type LogEntry = { show: (exchange: Exchange) => void };

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

export function appendExchange(log: HTMLElement, question: string, context: AnswerContext): LogEntry {
  const asked = createElement('p', { class: 'question' }, createElement('span', { class: 'spoken' }, context.texts.youAsked), question);
  const response = createElement('div', { class: 'response' });
  const entry = createElement('article', { class: 'exchange' }, asked, response);
  log.append(entry);
  let scrolledTo: number | undefined;

  return {
    show(exchange) {
      replaceContent(response, renderAnswer(exchange, context));
      response.setAttribute('aria-busy', String(exchange.outcome.kind === 'pending'));
      // The question stays at the top while its answer grows, unless the visitor has scrolled since.
      if (scrolledTo !== undefined && Math.abs(log.scrollTop - scrolledTo) > 4) return;
      log.scrollTop = entry.offsetTop;
      scrolledTo = log.scrollTop;
    },
  };
}
