import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { samplePdf } from '../../../ingest/testing/formats/sample-formats.ts';
import { keptFolder, removeFolder } from '../../../ingest/testing/temporary-folder.ts';
import { ask, getDocument } from '../../testing/clients/ask.ts';
import { ingestInto } from '../../testing/statement.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

let server: TestServer;
let folder: string;

beforeAll(async () => {
  folder = await keptFolder();
  await writeFile(path.join(folder, 'statement.pdf'), samplePdf());
  await ingestInto(path.join(folder, 'data'), [path.join(folder, 'statement.pdf')]);
  server = await startTestServer({ dataFolder: path.join(folder, 'data') });
}, 120_000);

afterAll(async () => {
  await server.close();
  await removeFolder(folder);
});

describe('a document that is a PDF', () => {
  test('has the hash of the file, and names that of the text that offsets are counted in', async () => {
    const document = await getDocument(server.url, 'statement');
    const source = await fetch(`${server.url}/documents/statement/source.txt`);
    const text = await source.text();
    expect(document.sha256).toBe(sha256(samplePdf()));
    expect(document.file).toEqual({ mediaType: 'application/pdf', textSha256: sha256(text) });
    expect(source.headers.get('etag')).toBe(`"${sha256(text)}"`);
    for (const paragraph of document.paragraphs) expect(text.slice(paragraph.start, paragraph.end)).toBe(paragraph.text);
  });

  test('is quoted word for word, over the end of a page', async () => {
    const { citations } = await ask(server.url, { question: '双边贸易额要达到多少？' });
    expect(citations).toEqual([expect.objectContaining({ paragraphId: 'part-2-item-1', quote: expect.stringContaining('达到200亿美元') })]);
  });

  test('shows both hashes on its page', async () => {
    const html = await (await fetch(`${server.url}/documents/statement`)).text();
    const { sha256: ofFile, file } = await getDocument(server.url, 'statement');
    expect(html).toContain(`<code itemprop="value">${ofFile}</code>`);
    expect(html).toContain(`source.txt"><code>${file?.textSha256}</code></a>`);
  });
});
