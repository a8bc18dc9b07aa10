import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Paragraph, SourceDocument } from '../../ingest/structure/document.ts';
import { splitSentences } from '../../ingest/structure/split-sentences.ts';
import { openStatement, statementOf } from '../testing/statement.ts';
import { citationUrl, paragraphUrl } from './citation-url.ts';

const PUBLIC_URL = 'https://policy.example';

let statement: SourceDocument;

beforeAll(async () => {
  statement = statementOf(await openStatement());
});

/** The parts of a text directive, decoded as a browser does; `undefined` where a URL has none. */
function directiveOf(url: string): string[] | undefined {
  return url.split(':~:text=')[1]?.split(',').map(decodeURIComponent);
}

/** What a browser marks: the first place of the first part, up to the next place of the last part. Blocks are never crossed by a part. */
function markedByBrowser(page: string, [first = '', last]: string[]): { start: number; end: number } | undefined {
  const start = page.indexOf(first);
  if (start < 0) return undefined;
  const end = start + first.length;
  if (last === undefined) return { start, end };
  const lastStart = page.indexOf(last, end);
  return lastStart < 0 ? undefined : { start, end: lastStart + last.length };
}

const pageOf = ({ title, paragraphs }: SourceDocument) => [title, ...paragraphs.map(({ text }) => text)].join('\n');

/** Everything that the product quotes: sentences, runs of them, and whole paragraphs. */
function quotedSpans({ text, items }: Paragraph): { start: number; end: number }[] {
  const sentences = splitSentences(text, items.at(-1)?.printed.length ?? 0);
  const runs = sentences.flatMap(({ start }, from) => sentences.slice(from).map(({ end }) => ({ start, end })));
  return [...runs, { start: 0, end: text.length }];
}

const withoutEnd = (text: string) => text.replace(/[。：；”]+$/u, '');

describe('citationUrl', () => {
  test('names a short quote whole, with the paragraph’s anchor as the fallback', () => {
    const paragraph = statement.paragraphs.find(({ paragraphId }) => paragraphId === 'part-2-item-9');
    if (!paragraph) throw new Error('no item (9)');
    const url = citationUrl(PUBLIC_URL, statement, paragraph, { start: 3, end: paragraph.text.length });
    expect(url).toMatch(/^https:\/\/policy\.example\/documents\/china-kazakhstan-joint-statement-2019#part-2-item-9:~:text=/);
    expect(directiveOf(url)).toEqual(['发展军工军贸合作，积极落实合作项目。']);
  });

  test('leads a browser to every quote of the statement, not to a paragraph that begins alike', () => {
    const page = pageOf(statement);
    for (const paragraph of statement.paragraphs.filter(({ text }) => !text.includes('\t'))) {
      for (const span of quotedSpans(paragraph)) {
        const directive = directiveOf(citationUrl(PUBLIC_URL, statement, paragraph, span));
        const marked = directive && markedByBrowser(page, directive);
        const quote = paragraph.text.slice(span.start, span.end);
        expect(withoutEnd(page.slice(marked?.start, marked?.end))).toBe(withoutEnd(quote));
      }
    }
  });

  test('cuts its parts at clause bounds of the quote', () => {
    for (const paragraph of statement.paragraphs) {
      const quote = paragraph.text;
      for (const part of directiveOf(citationUrl(PUBLIC_URL, statement, paragraph, { start: 0, end: quote.length })) ?? []) {
        const start = quote.indexOf(part);
        expect(start).toBeGreaterThanOrEqual(0);
        if (start > 0) expect(quote.charAt(start - 1)).toMatch(/[，。；：、！？\s”》]/u);
        const next = quote.charAt(start + part.length);
        if (next !== '') expect(next).toMatch(/[，。；：、！？]/u);
      }
    }
  });

  test('marks nothing across white space that a page collapses: of the signatures, what follows the last tab', () => {
    const signatures = statement.paragraphs.find(({ paragraphId }) => paragraphId === 'signatures-p1');
    if (!signatures) throw new Error('no signatures');
    const url = citationUrl(PUBLIC_URL, statement, signatures, { start: 0, end: signatures.text.length });
    expect(directiveOf(url)).toEqual(['托卡耶夫（签字）']);
  });

  test('escapes what separates the parts of a directive', () => {
    const url = linkTo("Terms - a, b & (c) of the parties' own");
    expect(url.split(':~:text=')[1]).not.toMatch(/[-,&()']/);
    expect(directiveOf(url)).toEqual(["Terms - a, b & (c) of the parties' own"]);
  });

  test('does not cut inside numbers', () => {
    const [first = '', last = ''] =
      directiveOf(linkTo('A share of 3.5 percent or 1,000 units applies, as agreed by both sides, until 10:30 on each day of 1,000.')) ??
      [];
    expect(first).toBe('A share of 3.5 percent or 1,000 units applies');
    expect(last).toBe('until 10:30 on each day of 1,000');
  });

  test('gives no text directive for a quote that stands earlier in the document, too: the anchor leads there', () => {
    const text = '双方满意。\n双方满意。';
    const url = citationUrl(PUBLIC_URL, { documentId: 'twice', text }, { paragraphId: 'body-p2', start: 6 }, { start: 0, end: 5 });
    expect(url).toBe(paragraphUrl(PUBLIC_URL, 'twice', 'body-p2'));
  });

  test('takes linear time for a paragraph of any length', () => {
    const text = '水'.repeat(200_000);
    expect(linkTo(text)).toContain('#body-p1');
  });

  test('law: the parts always stand in the quote, in this order, and decode without error', () => {
    const text = fc
      .string({ unit: fc.constantFrom(...'双方，。 a-b&,.\t😀('), minLength: 1, maxLength: 90 })
      .filter((words) => words.trim() !== '');
    fc.assert(
      fc.property(text, (quote) => {
        const url = linkTo(quote);
        expect(URL.canParse(url)).toBe(true);
        let from = 0;
        for (const part of directiveOf(url) ?? []) {
          const at = quote.indexOf(part, from);
          expect(at).toBeGreaterThanOrEqual(from);
          from = at + part.length;
        }
      }),
    );
  });
});

/** The link to a text that is one paragraph. */
const linkTo = (text: string) =>
  citationUrl(PUBLIC_URL, { documentId: 'one', text }, { paragraphId: 'body-p1', start: 0 }, { start: 0, end: text.length });
