import answerCss from '../answer/answer.css?inline';
import highlightCss from '../answer/page-highlight.css?inline';
import chooserCss from './composer/chooser.css?inline';
import composerCss from './composer/composer.css?inline';
import conversationCss from './conversation.css?inline';
import panelCss from './panel.css?inline';
import lockCss from './scroll-lock.css?inline';

/** Constructable sheets: they need no `<style>` element, so a page's `style-src 'self'` has nothing to object to. */
function createSheet(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}

export const createPanelSheets = (): CSSStyleSheet[] => [panelCss, composerCss, chooserCss, answerCss, conversationCss].map(createSheet);

/** A sheet that this widget lends to the page, and takes back. */
export type PageSheet = { adopt: () => void; withdraw: () => void };

function createPageSheet(css: string): PageSheet {
  const sheet = createSheet(css);
  const others = () => document.adoptedStyleSheets.filter((adopted) => adopted !== sheet);
  return {
    adopt() {
      document.adoptedStyleSheets = [...others(), sheet];
    },
    withdraw() {
      document.adoptedStyleSheets = others();
    },
  };
}

/** The look of a highlighted quote. The highlighted text is the page's, beyond the reach of a shadow root's styles. */
export const createHighlightSheet = (): PageSheet => createPageSheet(highlightCss);

/** Keeps the page still behind a panel that covers it. */
export const createScrollLock = (): PageSheet => createPageSheet(lockCss);
