import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { DocumentTable } from '../../../ingest/index/tables/document-table.ts';
import { packDocuments } from '../../../ingest/index/tables/pack-documents.ts';
import { documentOf } from '../../../ingest/testing/sample-document.ts';
import { catalogueOf, prepareCatalogue } from './document-catalogue.ts';

const tableOf = (count: number) => {
  const documents = Array.from({ length: count }, (_, number) => ({
    ...documentOf(`第${number}号声明\n双方满意。`, `document-${number}`),
    date: `${2000 + (number % 20)}-01-01`,
  }));
  return { documents: new DocumentTable(packDocuments(documents)) };
};

test('a catalogue that was made beforehand is the one that a question would have made', async () => {
  const asked = catalogueOf(tableOf(350));
  const table = tableOf(350);
  await prepareCatalogue(table);
  const prepared = catalogueOf(table);
  expect(prepared.newestFirst).toEqual(asked.newestFirst);
  expect(prepared.years).toEqual(asked.years);
  expect(prepared.get('document-7')).toEqual(asked.get('document-7'));
});

test('while the catalogue of many documents is made, the event loop turns', async () => {
  const table = tableOf(1000);
  let isMade = false;
  const making = prepareCatalogue(table).then(() => {
    isMade = true;
  });
  let turns = 0;
  for (; !isMade; turns++) await setImmediate();
  await making;
  expect(turns).toBeGreaterThanOrEqual(10);
});

test('a question that comes meanwhile gets a catalogue, and all that come after it the same', async () => {
  const table = tableOf(350);
  const making = prepareCatalogue(table);
  const first = catalogueOf(table);
  await making;
  expect(catalogueOf(table)).toBe(first);
});
