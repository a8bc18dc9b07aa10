import type { PanelHost } from '../panel/panel-host.ts';
import type { LinkedPlace } from './answer-context.ts';
import { boxOfQuote, findParagraph, revealParagraph } from './quote-highlight.ts';

function overlap(one: DOMRect, other: DOMRect): boolean {
  const apart = one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;
  return !apart;
}

/** A click on a citation: shows the paragraph where the page prints it, and lets the link do its work where it does not. */
export function visitPlace(place: LinkedPlace, click: MouseEvent, dialog: HTMLDialogElement, host: PanelHost): void {
  if (!host.emit('citation-click', place)) {
    click.preventDefault();
    return;
  }
  const paragraph = findParagraph(place);
  // With a modifier key the visitor asked for a tab or a window of their own.
  if (!paragraph || click.ctrlKey || click.metaKey || click.shiftKey || click.altKey) return;
  click.preventDefault();
  // Outside a modal dialog nothing can be focused, so it closes first.
  if (dialog.matches(':modal')) host.close();
  const quotation = 'quote' in place ? place : undefined;
  const link = click.currentTarget;
  revealParagraph(paragraph, quotation, host, async () => {
    await host.open();
    if (link instanceof HTMLElement && link.isConnected) link.focus();
  });
  if (dialog.open && overlap(dialog.getBoundingClientRect(), boxOfQuote(paragraph, quotation))) host.close();
}
