import path from 'node:path';
import { expect, test } from 'vitest';
import { documentsFolder } from '../../ingest/package-root.ts';
import { readRenderings } from '../../ingest/structure/read-renderings.ts';
import { openStatement, STATEMENT_ID } from '../testing/statement.ts';
import { findUnsupported } from './check-support.ts';

/** Marks that a model is told to leave out. */
const MARKS = /[“”„‘’«»"[\]<>]/gu;

/**
 * What a check drops of true sentences: the translations and the plain-language version of the statement, a sentence at a time, as a
 * model would retell the paragraph that it cites. The numbers are what was measured.
 */
test.each([
  ['en', 93, 6],
  ['ru', 93, 6],
  ['kk', 93, 4],
  ['zh-Hans', 94, 18],
])('of the statement told in %s, %i sentences, at most %i are dropped', async (language, count, most) => {
  const index = await openStatement();
  const document = index.documents.get(STATEMENT_ID);
  if (!document) throw new Error('the statement is not in the index');
  const renderings = await readRenderings(path.join(documentsFolder, `${STATEMENT_ID}.txt`), document);
  const told = renderings.find((rendering) => rendering.language === language)?.paragraphs ?? new Map<string, string>();
  const sentences = [...told].flatMap(([paragraphId, text]) =>
    text
      .split(/(?<=[.;。；])\s*/u)
      .map((sentence) => ({ paragraphId, sentence: sentence.replace(MARKS, '').trim() }))
      .filter(({ sentence }) => sentence.length > 5),
  );
  const dropped = sentences.filter(({ paragraphId, sentence }) => {
    const quote = index.paragraph(STATEMENT_ID, paragraphId)?.text ?? '';
    return findUnsupported(sentence, { quotes: [quote], titles: [document.title], dates: [document.date] }, index) !== undefined;
  });
  expect(sentences).toHaveLength(count);
  expect(dropped.length).toBeLessThanOrEqual(most);
});
