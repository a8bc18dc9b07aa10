import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Chunk, chunkParagraphs } from '../../structure/chunk-paragraphs.ts';
import type { SourceDocument } from '../../structure/document.ts';
import { officialText } from '../../testing/official-text.ts';
import { documentOf, readSample, statementFile } from '../../testing/sample-document.ts';
import { ChunkTable, packChunks } from './chunk-table.ts';
import { DocumentTable } from './document-table.ts';
import { packDocuments } from './pack-documents.ts';

/**
 * Official texts with what is hard to count in them: characters of two units, line ends of two, a byte order mark, marks and
 * lone surrogates. They end in a sentence of their own, since a title and a page's furniture alone are refused as no document.
 */
const hardText = fc
  .array(fc.oneof(officialText(60), fc.constantFrom('\r\n', '\ufeff', '𠀀𠮷。', 'é̂', '👨‍👩‍👧', '\ud842', '\udfb7')), { maxLength: 12 })
  .map((pieces) => `${pieces.join('')}\n双方愿扩大合作。`);

const metadata = fc.record({
  date: fc.option(fc.constantFrom('2015-08-31', '2019-09-11', '0987-01-01'), { nil: undefined }),
  place: fc.option(officialText(9), { nil: undefined }),
  parties: fc.array(officialText(9), { maxLength: 3 }),
  notes: fc.option(fc.constant({ 'body-p1': { en: 'a “note”', 'zh-Hans': '𠀀' } }), { nil: undefined }),
  file: fc.option(fc.constant({ mediaType: 'text/html', textSha256: 'ab' }), { nil: undefined }),
});

const collections = fc
  .array(fc.tuple(hardText, officialText(20), metadata), { maxLength: 5 })
  .map((given) =>
    given.map(([text, title, more], number): SourceDocument => ({ ...documentOf(text, `document-${number}`, title), ...more })),
  );

const tablesOf = (documents: SourceDocument[], chunks: Chunk[]) => {
  const table = new DocumentTable(packDocuments(documents));
  return { documents: table, chunks: new ChunkTable(packChunks(documents, chunks), (row) => table.idOf(row)) };
};

describe('the tables of documents and chunks', () => {
  it('give back what was packed', () => {
    fc.assert(
      fc.property(collections, (given) => {
        const chunks = given.flatMap(chunkParagraphs);
        const tables = tablesOf(given, chunks);
        expect([...tables.documents.values()]).toEqual(given);
        expect([...tables.documents.keys()]).toEqual(given.map(({ documentId }) => documentId));
        expect([...tables.chunks]).toEqual(chunks);
        expect([...tables.chunks.hashes()]).toEqual(chunks.map(({ hash }) => hash));
        expect([...tables.chunks.sentences]).toEqual(
          chunks.flatMap(({ sentences }, chunk) => sentences.map((sentence) => ({ ...sentence, chunk }))),
        );
        expect(tables.documents.years).toEqual(new Set(given.map(({ date }) => date?.slice(0, 4))));
      }),
    );
  });

  it('find each document, paragraph and chunk by what it is known by', () => {
    fc.assert(
      fc.property(collections, (given) => {
        const chunks = given.flatMap(chunkParagraphs);
        const tables = tablesOf(given, chunks);
        for (const [row, document] of given.entries()) {
          const { documentId, paragraphs, text, sections, segments, ...outline } = document;
          expect(tables.documents.get(documentId)).toEqual(document);
          expect(tables.documents.outlineOf(documentId)).toEqual({ documentId, ...outline });
          for (const paragraph of paragraphs) expect(tables.documents.paragraph(documentId, paragraph.paragraphId)).toEqual(paragraph);
          const { start, end } = tables.chunks.ofDocument(row);
          expect([...chunks.keys()].slice(start, end).every((chunk) => chunks[chunk]?.documentId === documentId)).toBe(true);
          expect(end - start).toBe(chunks.filter((chunk) => chunk.documentId === documentId).length);
        }
        for (const [number, chunk] of chunks.entries()) {
          const isSame = (other: Chunk) => other.documentId === chunk.documentId && other.paragraphId === chunk.paragraphId;
          expect(tables.chunks.firstOfParagraph(number)).toBe(chunks.findIndex(isSame));
        }
        expect(tables.documents.get('another')).toBeUndefined();
        expect(tables.documents.paragraph('document-0', 'another')).toBeUndefined();
        expect(tables.chunks.at(chunks.length)).toBeUndefined();
        expect(tables.chunks.sentences.at(tables.chunks.sentences.length)).toBeUndefined();
      }),
    );
  });

  it('find the documents that hold some words', () => {
    const few = fc
      .array(fc.constantFrom('甲', '乙', '𠀀', 'ab', '\n'), { minLength: 1, maxLength: 12 })
      .map((letters) => `${letters.join('')}甲`);
    fc.assert(
      fc.property(fc.array(few, { maxLength: 6 }), few, (texts, words) => {
        const given = texts.map((text, number) => documentOf(text, `document-${number}`));
        for (const sought of [words, words.slice(0, 2), words.slice(-1)])
          expect([...tablesOf(given, []).documents.holding(sought)]).toEqual(given.filter(({ text }) => text.includes(sought)));
      }),
    );
  });

  it('cut the statement’s paragraphs as its source has them', async () => {
    const statement = await readSample(statementFile);
    const { documents } = tablesOf([statement], chunkParagraphs(statement));
    const read = documents.get(statement.documentId);
    expect(read).toEqual(statement);
    for (const { text, start, end } of read?.paragraphs ?? []) expect(text).toBe(statement.text.slice(start, end));
  });

  it('are the same bytes for the same documents', () => {
    fc.assert(
      fc.property(collections, (given) => {
        expect(packDocuments(given).equals(packDocuments(structuredClone(given)))).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('give one document as one object as long as it is held, though more documents were looked at than are kept', () => {
    const many = Array.from({ length: 300 }, (_, number) => documentOf(`双方同意。${'合作。'.repeat(10_000)}`, `document-${number}`));
    const { documents } = tablesOf(many, []);
    const held = documents.get('document-0');
    for (const document of documents.values()) expect(document.text.length).toBe(30_005);
    expect(documents.get('document-0')).toBe(held);
  });
});
