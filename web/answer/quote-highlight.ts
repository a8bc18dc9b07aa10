import type { Citation } from '../../server/wire.ts';

/** Shows a cited place on the page that prints the document: brings it into view, focuses it, marks the quoted words. */

const HIGHLIGHT_NAME = 'youju-quote';

type Place = Pick<Citation, 'documentId' | 'paragraphId'>;
type Quotation = Pick<Citation, 'quote' | 'start' | 'end'>;

/** The paragraph's element, if this page prints that document. */
export function findParagraph({ documentId, paragraphId }: Place): HTMLElement | undefined {
  const container = document.querySelector(`[data-youju-document="${CSS.escape(documentId)}"]`);
  const paragraph = container?.querySelector(`#${CSS.escape(paragraphId)}`);
  return paragraph instanceof HTMLElement ? paragraph : undefined;
}

/** Where the quote stands in the text on the page. Words that are not the quote are never marked as if they were. */
export function locateQuote(text: string, { quote, start, end }: Quotation): { start: number; end: number } | undefined {
  if (text.slice(start, end) === quote) return { start, end };
  const found = text.indexOf(quote);
  return found < 0 || quote === '' ? undefined : { start: found, end: found + quote.length };
}

function* textNodesOf(element: Element): Generator<Text> {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) if (node instanceof Text) yield node;
}

/** One range a text node, since a page may have put further elements (a search hit, a gloss) into the text. */
function rangesOf(element: Element, span: { start: number; end: number }): Range[] {
  const ranges: Range[] = [];
  let offset = 0;
  for (const node of textNodesOf(element)) {
    const start = Math.max(span.start - offset, 0);
    const end = Math.min(span.end - offset, node.length);
    if (start < end) {
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, end);
      ranges.push(range);
    }
    offset += node.length;
  }
  return ranges;
}

function clearMarks(): void {
  for (const mark of document.querySelectorAll(`mark.${HIGHLIGHT_NAME}`)) {
    const parent = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    parent?.normalize();
  }
}

const supportsHighlights = () => typeof Highlight === 'function' && 'highlights' in CSS;

function unmark(): void {
  if (supportsHighlights()) CSS.highlights.delete(HIGHLIGHT_NAME);
  else clearMarks();
}

function paint(ranges: Range[]): void {
  if (supportsHighlights()) {
    CSS.highlights.set(HIGHLIGHT_NAME, new Highlight(...ranges));
    return;
  }
  for (const range of ranges) {
    const mark = document.createElement('mark');
    mark.className = HIGHLIGHT_NAME;
    range.surroundContents(mark);
  }
}

function highlightQuote(paragraph: Element, quotation: Quotation): void {
  const holder = paragraph.querySelector('[data-paragraph-text]') ?? paragraph;
  const span = locateQuote(holder.textContent, quotation);
  if (span) paint(rangesOf(holder, span));
}

/** The box of the quoted words, or of the whole paragraph where none are quoted. */
export function boxOfQuote(paragraph: HTMLElement, quotation: Quotation | undefined): DOMRect {
  const holder = paragraph.querySelector('[data-paragraph-text]') ?? paragraph;
  const span = quotation && locateQuote(holder.textContent, quotation);
  const ranges = span ? rangesOf(holder, span) : [];
  const first = ranges[0];
  const last = ranges.at(-1);
  if (!first || !last) return paragraph.getBoundingClientRect();
  const whole = first.cloneRange();
  whole.setEnd(last.endContainer, last.endOffset);
  return whole.getBoundingClientRect();
}

/** Which widget has shown which paragraph last. */
let shown: { by: object; paragraph: HTMLElement; isFocusableByUs: boolean; listening: AbortController } | undefined;

/** Takes off the page what this widget has put on it. */
export function clearHighlight(by: object): void {
  if (shown?.by !== by) return;
  unmark();
  shown.listening.abort();
  if (shown.isFocusableByUs) shown.paragraph.removeAttribute('tabindex');
  shown = undefined;
}

/** Escape in the paragraph leads back to where the visitor came from. */
export function revealParagraph(paragraph: HTMLElement, quotation: Quotation | undefined, by: object, onEscape: () => void): void {
  if (shown) clearHighlight(shown.by);
  // A real navigation within the page: Back returns, the address can be shared, and `:target` moves along.
  location.hash = paragraph.id;
  if (quotation) highlightQuote(paragraph, quotation);
  const isFocusableByUs = !paragraph.hasAttribute('tabindex');
  if (isFocusableByUs) paragraph.tabIndex = -1;
  const listening = new AbortController();
  shown = { by, paragraph, isFocusableByUs, listening };
  const leave = (press: KeyboardEvent) => {
    if (press.key !== 'Escape') return;
    // Else the same key press closes the dialog that it opens.
    press.preventDefault();
    onEscape();
  };
  paragraph.addEventListener('keydown', leave, { signal: listening.signal });
  paragraph.focus({ preventScroll: true });
  paragraph.scrollIntoView({ block: 'center' });
  // In a paragraph taller than the window the quote may still be out of sight.
  const box = boxOfQuote(paragraph, quotation);
  if (box.top < 0 || box.bottom > innerHeight) scrollBy({ top: box.top - innerHeight / 4 });
}
