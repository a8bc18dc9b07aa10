import { describe, expect, it } from 'vitest';
import { HOSTILE_TITLE, PAYLOAD, PAYLOADS } from '../testing/scripted-answers.ts';
import { DOCUMENT_ID } from '../testing/statement-page.ts';
import { prepareWidgetSuite } from '../testing/widget-suite.ts';

const suite = prepareWidgetSuite();

/** All the elements the widget is made of. */
const ELEMENTS = new Set(
  'section button span svg path slot dialog header h2 h3 div p form textarea article time a sup ol ul li blockquote cite'.split(' '),
);
const ATTRIBUTE =
  /^(class|part|type|id|role|lang|title|value|datetime|href|target|rel|cite|open|hidden|disabled|popover|tabindex|rows|maxlength|placeholder|enterkeyhint|autocomplete|style|d|viewBox|aria-[a-z]+|data-focus-key|data-exchange|dir)$/;

/** Everything in the widget that an attacker would have wanted there. */
async function intruders() {
  const found = await suite.widget.page.evaluate(() => {
    const root = document.querySelector('youju-chat')?.shadowRoot;
    return [...(root?.querySelectorAll('*') ?? [])].map((element) => ({
      name: element.localName,
      attributes: element.getAttributeNames(),
      href: element.getAttribute('href'),
    }));
  });
  expect(found.length).toBeGreaterThan(20);
  return found.filter(
    ({ name, attributes, href }) =>
      !ELEMENTS.has(name) ||
      attributes.some((attribute) => !ATTRIBUTE.test(attribute)) ||
      (href !== null && !href.startsWith(suite.site.origin)),
  );
}

async function expectNothingRan(requests: string[]): Promise<void> {
  await suite.widget.page.waitForTimeout(200);
  expect(await suite.widget.page.evaluate(() => Reflect.get(globalThis, 'hacked'))).toBeUndefined();
  expect(requests.filter((url) => !url.startsWith(suite.site.origin))).toEqual([]);
}

function watchRequests(): string[] {
  const requests: string[] = [];
  suite.widget.context.on('request', (request) => requests.push(request.url()));
  return requests;
}

/** Without a policy: nothing but the widget's own care stands between the payload and the page. */
const unprotected = (attributes = '') => {
  const html = `<!doctype html><html lang="en"><title>Host</title><main>Host</main><script src="/widget.js" ${attributes} async></script></html>`;
  suite.site.pages.set('/unprotected', { html, policy: '' });
};

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

describe('payloads of an attacker', { timeout: 60_000 }, () => {
  it('in question, answer, citation, document, model, follow-up and comment are shown as text', async () => {
    unprotected(`data-document="${DOCUMENT_ID}"`);
    await suite.open('/unprotected');
    const requests = watchRequests();
    await suite.widget.ask(`攻击 ${PAYLOADS.slice(0, 5).join(' ')}`);
    await suite.finished();
    const { response, panel } = suite.widget;
    expect(await panel.locator('.question').textContent()).toContain(PAYLOADS[0]);
    expect(await response.locator('.answer').textContent()).toContain(PAYLOADS[1]);
    expect(await response.locator('blockquote').first().textContent()).toBe(PAYLOAD);
    expect(await response.locator('cite').first().textContent()).toBe(HOSTILE_TITLE);
    expect(await response.locator('.mode').textContent()).toContain(PAYLOAD);
    await response.locator('[data-focus-key=down]').click();
    await response.locator('.comment textarea').fill(PAYLOAD);
    await response.locator('.comment button').click();
    await expect.poll(() => suite.site.feedback.at(-1)?.comment).toBe(PAYLOAD);
    expect(await intruders()).toEqual([]);
    // The forged `javascript:` citation was refused whole.
    expect(await response.locator('.citation').count()).toBe(2);
    await expectNothingRan(requests);
  });

  it('in the conversation that another script of the page has stored are not believed', async () => {
    unprotected();
    await suite.open('/unprotected');
    const requests = watchRequests();
    await suite.widget.page.evaluate(
      ([payload, origin]) => {
        const citation = { documentId: 'd', paragraphId: 'p', label: payload, url: 'javascript:globalThis.hacked=1', similarity: 1 };
        const common = { id: payload, language: 'en', generator: payload, indexGeneration: payload };
        const forged = {
          ...common,
          status: 'answered',
          answer: payload,
          citations: [{ ...citation, marker: 1, quote: payload, start: 0, end: 1 }],
        };
        const plain = { ...common, status: 'abstained', answer: payload, reason: payload, citations: [], nearby: [] };
        const kept = [forged, plain].map((body) => ({ question: payload, askedAt: 0, rating: payload, body }));
        sessionStorage.setItem(`youju:${origin}:`, JSON.stringify([...kept, payload, null, 7]));
      },
      [PAYLOAD, suite.site.origin] as const,
    );
    await suite.widget.launcher.click();
    await suite.widget.panel.locator('.exchange').waitFor();
    expect(await suite.widget.panel.locator('.exchange').count()).toBe(1);
    expect(await intruders()).toEqual([]);
    await expectNothingRan(requests);
  });

  it('in the options of the tag are text, and no colour, theme or language', async () => {
    const options = ['document', 'language', 'theme', 'position', 'brand-color', 'suggestions', 'document-language'];
    unprotected(options.map((option) => `data-${option}="${escaped(PAYLOAD)}"`).join(' '));
    await suite.open('/unprotected');
    const requests = watchRequests();
    await suite.widget.launcher.click();
    await suite.widget.panel.locator('.suggestion').first().waitFor();
    expect(await intruders()).toEqual([]);
    await expectNothingRan(requests);
  });

  it('would have been noticed', async () => {
    unprotected();
    await suite.open('/unprotected');
    const { page } = suite.widget;
    await suite.widget.launcher.click();
    await suite.widget.panel.waitFor();
    await page.evaluate((payload) => {
      document.querySelector('youju-chat')?.shadowRoot?.querySelector('.log')?.setHTMLUnsafe(payload);
    }, PAYLOADS.slice(0, 2).join(''));
    expect((await intruders()).map(({ name }) => name)).toContain('img');
    await expect.poll(() => page.evaluate(() => Reflect.get(globalThis, 'hacked'))).toBe(1);
    suite.widget.complaints.splice(0);
  });
});
