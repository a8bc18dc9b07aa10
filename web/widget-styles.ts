import baseCss from './styles/base.css?inline';
import conversationCss from './styles/conversation.css?inline';
import highlightCss from './styles/page-highlight.css?inline';
import panelCss from './styles/panel.css?inline';

/** Constructable sheets: they need no `<style>` element, so a page's `style-src 'self'` has nothing to object to. */
function createSheet(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}

export const createWidgetSheets = (): CSSStyleSheet[] => [baseCss, conversationCss, panelCss].map(createSheet);

let pageSheet: CSSStyleSheet | undefined;

/** Gives the page the look of a highlighted quote. The highlighted text is the page's, beyond the reach of a shadow root's styles. */
export function adoptHighlightStyles(page: Document): void {
  pageSheet ??= createSheet(highlightCss);
  if (!page.adoptedStyleSheets.includes(pageSheet)) page.adoptedStyleSheets.push(pageSheet);
}
