import { describe, expect, it } from 'vitest';
import { DOCUMENT_ID } from '../testing/statement-page.ts';
import { prepareWidgetSuite } from '../testing/widget-suite.ts';

const suite = prepareWidgetSuite();

const HOSTILE_STYLES: Record<string, string> = {
  'unsets everything, importantly': '* { all: unset !important }',
  'resets everything to initial values, importantly': '*, *::before, *::after { all: initial !important }',
  'reverts to bare elements and hides custom ones': 'youju-chat { display: none !important; visibility: hidden; opacity: 0 }',
  'sets a tiny root font, in capitals, spaced and right-aligned':
    'html { font-size: 1px !important } * { font-size: 3px !important; letter-spacing: 1em !important; text-transform: uppercase !important; text-align: right !important; line-height: 9 !important; color: red !important; word-spacing: 3em !important; text-indent: 5em !important }',
  'transforms, clips and contains its body':
    'html, body { transform: translateX(-40px) scale(.5); overflow: hidden; contain: strict; filter: blur(0); height: 100vh; width: 50vw }',
  'styles button, dialog, textarea, a, section, header, svg with importance':
    'button, dialog, textarea, a, section, header, h2, svg, form, p, ol, li, article { display: none !important; position: static !important; width: 7px !important; height: 7px !important; background: lime !important; pointer-events: none !important }',
};

const OVERLAY =
  '<div id="overlay" style="position:fixed;inset:0;z-index:2147483647;background:rgb(0 0 0 / 40%)">Consent to everything</div>'.repeat(3);

function host(style: string, body = '', script = ''): void {
  const tag = `<script src="/widget.js" data-document="${DOCUMENT_ID}" data-language="en" async></script>`;
  const html = `<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"><title>Host</title><style>${style}</style>${script}</head><body><h1>Host</h1>${body}${tag}</body></html>`;
  suite.site.pages.set('/hostile', { html, policy: '' });
}

/** What the widget looks like, as far as a page could have spoilt it. */
async function look() {
  return suite.widget.panel.evaluate((panel) => {
    const read = (element: Element | null) => {
      if (!element) return undefined;
      const style = getComputedStyle(element);
      const { width, height } = element.getBoundingClientRect();
      const { fontSize, color, letterSpacing, textTransform, textAlign, lineHeight, backgroundColor, visibility, opacity } = style;
      const lines = [fontSize, color, letterSpacing, textTransform, textAlign, lineHeight, backgroundColor, visibility, opacity];
      return [...lines, Math.round(width), Math.round(height)].join(' ');
    };
    return ['.header', 'h2', '.tool', '.question', '.answer', '.marker', '.label', 'blockquote', 'textarea', '.send'].map((selector) => [
      selector,
      read(panel.querySelector(selector)),
    ]);
  });
}

async function askAndLook() {
  await suite.widget.ask('energy');
  await suite.finished();
  return look();
}

describe('a hostile page', { timeout: 60_000 }, () => {
  it.each(Object.entries(HOSTILE_STYLES))('that %s changes nothing about the widget, and hides none of it', async (_name, style) => {
    host('');
    await suite.open('/hostile');
    const friendly = await askAndLook();
    await suite.widget.context.close();
    host(style);
    await suite.open('/hostile');
    const launcher = await suite.widget.launcher.boundingBox();
    expect(launcher?.width).toBeGreaterThan(100);
    expect((launcher?.x ?? 0) + (launcher?.width ?? 0)).toBeLessThanOrEqual(1280);
    expect(await askAndLook()).toEqual(friendly);
    // The announcer is in the light DOM: neither seen nor taken from the ears.
    const announcer = suite.widget.page.locator('youju-chat > [role=status]');
    expect(await announcer.evaluate((element) => element.getBoundingClientRect().width)).toBeLessThanOrEqual(1);
    expect(await announcer.evaluate((element) => getComputedStyle(element).display)).not.toBe('none');
  });

  it('cannot cover the launcher by z-index', async () => {
    host('', OVERLAY);
    await suite.open('/hostile');
    await suite.widget.ask('energy');
    await suite.finished();
    await suite.widget.response.locator('.marker').first().hover();
    expect(await suite.widget.page.locator('#overlay').count()).toBe(3);
  });

  it('with a frozen, patched environment still gets its answer', async () => {
    const script = `<script>
      Object.freeze(Object.prototype); Array.prototype.toJSON = undefined;
      window.$ = window.jQuery = () => { throw new Error('not yours') };
      window.localStorage; Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError') } });
      Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('denied', 'SecurityError') } });
      document.addEventListener('keydown', (press) => { if (press.key.length === 1) press.preventDefault() });
    </script>`;
    host('', '', script);
    await suite.open('/hostile');
    await suite.widget.ask('energy');
    await suite.finished();
  });

  it('is not changed by the widget', async () => {
    host('h1 { color: rgb(1, 2, 3) }', '<button>Host</button><details open>Host</details><mark>Host</mark>');
    const { page } = await suite.open('/hostile');
    const styles = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('html, body, body > :not(youju-chat, script)')].map((element) => {
          const style = getComputedStyle(element);
          return [...style].map((property) => style.getPropertyValue(property)).join();
        }),
      );
    const before = await styles();
    const globals = () => page.evaluate(() => Object.keys(window).length);
    const names = await globals();
    await askAndLook();
    expect(await styles()).toEqual(before);
    expect(await globals()).toBe(names);
  });
});
