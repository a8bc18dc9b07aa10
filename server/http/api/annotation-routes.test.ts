import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { writeDocuments } from '../../../ingest/testing/sample-document.ts';
import { temporaryFolder } from '../../../ingest/testing/temporary-folder.ts';
import { ask, getDocument, postJson } from '../../testing/clients/ask.ts';
import { sendRaw } from '../../testing/clients/send-raw.ts';
import { expectProblem } from '../../testing/expect-problem.ts';
import { EXPO_PARAGRAPH, EXPO_QUESTION, ingestInto, STATEMENT_ID, STATEMENT_SOURCE } from '../../testing/statement.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import type { CheckedDocument } from '../../testing/wire-schemas.ts';
import { type Annotation, type AnnotationItem, annotationCollectionSchema, annotationSchema } from '../../wire.ts';

const JSON_LD = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"';
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const address = (paragraphId: string, query = '', documentId = STATEMENT_ID) =>
  `/api/documents/${documentId}/paragraphs/${paragraphId}/annotation${query}`;

async function annotationAt(url: string): Promise<Annotation> {
  const response = await fetch(url);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe(JSON_LD);
  return annotationSchema.parse(await response.json());
}

/** The words as a client of the data model finds them, by each selector. */
async function wordsSelected({ target: [inText, onPage] }: AnnotationItem) {
  const source = await (await fetch(inText.source)).text();
  const [quote, position] = inText.selector;
  expect(source).toContain(quote.prefix + quote.exact + quote.suffix);
  expect(onPage.selector.refinedBy.exact).toBe(quote.exact);
  return { byQuote: quote.exact, byPosition: [...source].slice(position.start, position.end).join('') };
}

/** Any span of any paragraph, at character boundaries. */
const anySpan = ({ paragraphs }: CheckedDocument) =>
  fc.record({ paragraph: fc.constantFrom(...paragraphs), from: fc.nat(), length: fc.nat() }).map(({ paragraph, from, length }) => {
    const characters = [...paragraph.text];
    const first = from % characters.length;
    const words = characters.slice(first, first + 1 + (length % (characters.length - first))).join('');
    const start = characters.slice(0, first).join('').length;
    return { paragraphId: paragraph.paragraphId, start, words };
  });

async function checkAnySpan(url: string, document: CheckedDocument, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(anySpan(document), async ({ paragraphId, start, words }) => {
      const query = `?start=${start}&end=${start + words.length}`;
      const annotation = await annotationAt(`${url}${address(paragraphId, query, document.documentId)}`);
      expect(await wordsSelected(annotation)).toEqual({ byQuote: words, byPosition: words });
    }),
    { numRuns },
  );
}

describe('the annotation of a paragraph', () => {
  test('is found at its id, selects the paragraph and names its place on the page', async () => {
    const annotation = await annotationAt(`${server.url}${address('part-2-item-6')}`);
    expect(await annotationAt(annotation.id)).toEqual(annotation);
    const { paragraphs } = await getDocument(server.url, STATEMENT_ID);
    const { byQuote } = await wordsSelected(annotation);
    expect(byQuote).toBe(paragraphs.find(({ paragraphId }) => paragraphId === 'part-2-item-6')?.text);
    const [, onPage] = annotation.target;
    expect(await (await fetch(onPage.source)).text()).toContain(`id="${onPage.selector.value}"`);
  });

  test('law: any span of the statement is selected to the letter', async () => {
    await checkAnySpan(server.url, await getDocument(server.url, STATEMENT_ID), 60);
  });

  test('law: so is any span of a document with astral characters, CRLF and a byte order mark', async () => {
    const dataFolder = await temporaryFolder();
    const text =
      '\ufeff𠀀𠀁合作声明\r\n\r\n一、\r\n（一）双方😀同意扩大𠮷野家贸易。\r\n（二）𠀀方欢迎。\r\n\r\n二、\r\n双方强调e\u0301合作😀😀。\r\n';
    await ingestInto(dataFolder, [await writeDocuments(`${dataFolder}/texts`, { astral: text })]);
    const astral = await startTestServer({ dataFolder });
    onTestFinished(() => astral.close());
    const source = await fetch(`${astral.url}/documents/astral/source.txt`);
    expect(Buffer.from(await source.arrayBuffer()).equals(Buffer.from(text))).toBe(true);
    await checkAnySpan(astral.url, await getDocument(astral.url, 'astral'), 60);
    const half = (await getDocument(astral.url, 'astral')).paragraphs.find(({ text: words }) => words.includes('😀'));
    const inside = (half?.text.indexOf('😀') ?? 0) + 1;
    for (const query of [`?start=${inside}`, `?end=${inside}`])
      expectProblem(await sendRaw(astral.port, { path: address(half?.paragraphId ?? '', query, 'astral') }), 422, 'invalid-request');
  });

  test.each([
    '?start=-1',
    '?start=1.5',
    '?start=',
    '?start=0x1',
    '?start=1e1',
    '?start= 1',
    '?start=1&start=2',
    '?start=5&end=5',
    '?start=6&end=5',
    '?end=0',
    '?end=100000',
    '?start=99999999999999999999',
  ])('refuses %s', async (query) => {
    expectProblem(await sendRaw(server.port, { path: address('part-2-item-6', query).replaceAll(' ', '%20') }), 422, 'invalid-request');
  });

  test('is not there for what is not there', async () => {
    expectProblem(await sendRaw(server.port, { path: address('part-9-item-9') }), 404, 'unknown-paragraph');
    expectProblem(await sendRaw(server.port, { path: address('part-2-item-6', '', 'no-such') }), 404, 'unknown-document');
    expectProblem(await sendRaw(server.port, { method: 'POST', path: address('part-2-item-6') }), 405, 'method-not-allowed');
  });
});

describe('an answer as annotations', () => {
  const askFor = async (accept: string, question = EXPO_QUESTION) => {
    const response = await postJson(`${server.url}/api/ask`, { question }, { Accept: accept });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(JSON_LD);
    return annotationCollectionSchema.parse(await response.json());
  };

  test.each(['application/ld+json', JSON_LD, 'application/ld+json;profile="http://www.w3.org/ns/anno.jsonld", application/json;q=0.5'])(
    'is given where the client accepts %s',
    async (accept) => {
      const { total, first, label } = await askFor(accept);
      expect(total).toBe(first.items.length);
      expect(label).toContain('[1]');
      const [annotation] = first.items;
      expect(annotation?.id).toContain(EXPO_PARAGRAPH);
    },
  );

  test('has an annotation a citation, in the order of the markers, each at its address', async () => {
    const question = '双方在能源和人文领域有哪些合作？';
    const { citations } = await ask(server.url, { question });
    const { first } = await askFor('application/ld+json', question);
    expect(first.items.map(({ target: [{ selector }] }) => selector[0].exact)).toEqual(citations.map(({ quote }) => quote));
    expect(citations.length).toBeGreaterThan(1);
    for (const item of first.items) {
      const { '@context': _context, ...found } = await annotationAt(item.id);
      expect(found).toEqual(item);
      const { byQuote, byPosition } = await wordsSelected(item);
      expect(byPosition).toBe(byQuote);
    }
  });

  test('is empty where Youju declines', async () => {
    const { total, first, label } = await askFor('application/ld+json', '今天天气怎么样？');
    expect({ total, items: first.items }).toEqual({ total: 0, items: [] });
    expect(label).not.toBe('');
  });
});

describe('the source of a document', () => {
  const path = `/documents/${STATEMENT_ID}/source.txt`;

  test('is what was ingested, byte for byte, under its hash', async () => {
    const response = await fetch(`${server.url}${path}`);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.equals(Buffer.from(STATEMENT_SOURCE))).toBe(true);
    expect(response.headers.get('etag')).toBe(`"${createHash('sha256').update(bytes).digest('hex')}"`);
  });

  test('is not sent again to who has it', async () => {
    const etag = (await fetch(`${server.url}${path}`)).headers.get('etag') ?? '';
    expect((await sendRaw(server.port, { path, headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  test('is open to the sites that may ask', async () => {
    const open = await startTestServer({ configuration: { ALLOWED_ORIGINS: ['https://news.example'] } });
    onTestFinished(() => open.close());
    const { headers } = await sendRaw(open.port, { path, headers: { origin: 'https://news.example' } });
    expect(headers['access-control-allow-origin']).toBe('https://news.example');
  });

  test('is not there for a document that is not', async () => {
    expectProblem(await sendRaw(server.port, { path: '/documents/no-such/source.txt' }), 404, 'unknown-document');
    expectProblem(await sendRaw(server.port, { method: 'PUT', path }), 405, 'method-not-allowed');
  });
});
