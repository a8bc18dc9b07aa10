import { expect, test } from 'vitest';
import { citedDocuments } from './cited-documents.ts';

const documents = new Map([
  ['a', { title: '甲', language: 'zh-Hans', notes: { p1: { en: 'Read it so.', 'zh-Hans': '应读作……' }, p2: { 'zh-Hans': '又' } } }],
  ['b', { title: 'B', language: 'en' }],
]);

test('each cited document is named once, with the notes to the paragraphs cited, in the language of the answer', () => {
  const places = [
    { documentId: 'b', paragraphId: 'p1' },
    { documentId: 'a', paragraphId: 'p1' },
    { documentId: 'a', paragraphId: 'p2' },
    { documentId: 'a', paragraphId: 'p1' },
    { documentId: 'gone', paragraphId: 'p1' },
  ];
  expect(citedDocuments(places, documents, 'en')).toEqual([
    { documentId: 'b', title: 'B', language: 'en' },
    { documentId: 'a', title: '甲', language: 'zh-Hans', notes: { p1: 'Read it so.' } },
  ]);
  expect(citedDocuments(places.slice(1), documents, 'ru')).toEqual([{ documentId: 'a', title: '甲', language: 'zh-Hans' }]);
});
