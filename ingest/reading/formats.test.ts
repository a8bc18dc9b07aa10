import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { proveCoverage } from '../structure/prove-coverage.ts';
import { SAMPLE_TITLE, sampleDocx, sampleMarkdown, samplePage, samplePdf, sampleText } from '../testing/formats/sample-formats.ts';
import { documentOf, readSample } from '../testing/sample-document.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const outline = documentOf(sampleText);

const FORMATS: [name: string, bytes: () => Buffer, mediaType: string, facts: object][] = [
  ['page.html', samplePage, 'text/html', { publishedOn: '2024-05-07', source: 'https://www.example.cn/web/zyxw/t1234567.shtml' }],
  ['text.md', sampleMarkdown, 'text/markdown', { date: '2024-05-06', place: '西山城' }],
  ['text.docx', sampleDocx, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', {}],
  ['text.pdf', samplePdf, 'application/pdf', {}],
];

describe.each(FORMATS)('the statement as %s', { timeout: 60_000 }, (name, bytes, mediaType, facts) => {
  it('has the paragraphs of the plain text, at exact offsets in the text that is kept, and the hashes of both', async () => {
    const file = path.join(await temporaryFolder(), name);
    await writeFile(file, bytes());
    const document = await readSample(file);
    expect(document.paragraphs.map(({ paragraphId, text }) => [paragraphId, text])).toEqual(
      outline.paragraphs.map(({ paragraphId, text }) => [paragraphId, text]),
    );
    expect(document.sections.map(({ sectionId, kind }) => [sectionId, kind])).toEqual(
      outline.sections.map(({ sectionId, kind }) => [sectionId, kind]),
    );
    for (const { start, end, text } of document.paragraphs) expect(document.text.slice(start, end)).toBe(text);
    expect(document).toMatchObject({
      title: SAMPLE_TITLE,
      ...facts,
      sha256: createHash('sha256').update(bytes()).digest('hex'),
      file: { mediaType, textSha256: createHash('sha256').update(document.text).digest('hex') },
    });
    expect(document.date).toBe('date' in facts ? facts.date : undefined);
    expect(() => proveCoverage(document, Buffer.from(document.text))).not.toThrow();
  });
});
