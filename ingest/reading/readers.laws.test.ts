import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleDocx, samplePage, samplePdf } from '../testing/formats/sample-formats.ts';
import { wordParagraph, writeDocx } from '../testing/formats/write-docx.ts';
import { type PdfLine, writePdf } from '../testing/formats/write-pdf.ts';
import { YoujuError } from '../youju-error.ts';
import { readBytes } from './read-bytes.ts';
import type { ReadText } from './reading.ts';
import type { MarkedUpFormat } from './source-format.ts';

const word = fc
  .array(fc.constantFrom(...'双方同意合作。，；（一）1.abc '), { minLength: 1, maxLength: 12 })
  .map((letters) => letters.join(''));
const lettersOf = (text: string) => text.replace(/\s/gu, '');

async function readOrRefuse(format: MarkedUpFormat, bytes: Uint8Array): Promise<ReadText | undefined> {
  try {
    return await readBytes(format, bytes);
  } catch (error) {
    // A proof that fails is a fault of ours.
    if (error instanceof YoujuError && error.code === 'bad-document') return undefined;
    throw error;
  }
}

describe('any page', { timeout: 120_000 }, () => {
  const tags = [
    'p',
    'div',
    'span',
    'b',
    'a',
    'ul',
    'li',
    'table',
    'tr',
    'td',
    'th',
    'h1',
    'nav',
    'article',
    'font',
    'form',
    'pre',
    'center',
    'br',
  ];
  const markup = fc.oneof(
    word.map((text) => ({ html: text, text })),
    fc.constantFrom(...tags).chain((tag) => fc.constantFrom(`<${tag}>`, `</${tag}>`).map((html) => ({ html, text: '' }))),
  );

  it('has every letter in the canonical text once, however its tags are mixed up', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(markup, { maxLength: 40 }), async (pieces) => {
        const read = await readOrRefuse('html', Buffer.from(pieces.map(({ html }) => html).join('')));
        const sorted = (text: string) => [...lettersOf(text)].toSorted().join('');
        expect(sorted(read?.text ?? '')).toBe(sorted(pieces.map(({ text }) => text).join('')));
        for (const { start, end } of read?.blocks ?? []) expect(read?.text.slice(start, end).trim()).toBe(read?.text.slice(start, end));
      }),
      { numRuns: 500 },
    );
  });
});

describe('any Word document', { timeout: 120_000 }, () => {
  it('has every paragraph in the canonical text once and in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 20 }), async (paragraphs) => {
        const read = await readOrRefuse('docx', writeDocx(paragraphs.map((text) => wordParagraph(text)).join('')));
        expect(lettersOf(read?.text ?? '')).toBe(lettersOf(paragraphs.join('')));
      }),
      { numRuns: 100 },
    );
  });
});

describe('any PDF', { timeout: 120_000 }, () => {
  // What is written beyond the edge of the page is not seen and not read.
  const line: fc.Arbitrary<PdfLine> = fc.record({
    x: fc.integer({ min: 20, max: 300 }),
    y: fc.integer({ min: 30, max: 810 }),
    size: fc.constantFrom(7, 9, 12, 12, 12, 14, 20),
    text: word,
  });

  it('has every letter in the canonical text once, wherever its lines stand', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(line, { maxLength: 12 }), { minLength: 1, maxLength: 4 }), async (pages) => {
        const read = await readOrRefuse('pdf', writePdf(pages));
        const letters = lettersOf(pages.flatMap((lines) => lines.map(({ text }) => text)).join(''));
        const sorted = (text: string) => [...text].toSorted().join('');
        if (read) expect(sorted(lettersOf(read.text))).toBe(sorted(letters));
        else expect(letters === '' || pages.some((lines) => lines.every(({ text }) => text.trim() === ''))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a file with bytes changed, lost or doubled', { timeout: 120_000 }, () => {
  const files: [MarkedUpFormat, Buffer][] = [
    ['html', samplePage()],
    ['docx', sampleDocx()],
    ['pdf', samplePdf()],
  ];

  it.each(files)('is read or refused: %s', async (format, bytes) => {
    const place = fc.nat(bytes.length - 1);
    await fc.assert(
      fc.asyncProperty(place, place, fc.uint8Array({ maxLength: 20 }), async (from, to, inserted) => {
        const damaged = Buffer.concat([bytes.subarray(0, from), inserted, bytes.subarray(to)]);
        await readOrRefuse(format, damaged).catch((error: unknown) => {
          // What a library throws of its own is told as a broken file by the reading process.
          expect(error).toBeInstanceOf(Error);
          expect(error).not.toMatchObject({ code: 'coverage-broken' });
        });
      }),
      { numRuns: 60 },
    );
  });
});
