import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenIndex, openCurrentIndex } from '../../../ingest/index/open-generation.ts';
import { sourceOf } from '../../question/question-unit.ts';
import { understandQuestion } from '../../question/understand-question.ts';
import { ingestSisters } from '../../testing/sister-documents.ts';
import { openStatement } from '../../testing/statement.ts';
import type { Passage } from '../retrieve-passages.ts';
import { NamedTerms, WAYS } from './named-terms.ts';

const QUESTIONS = [
  '2020年贸易额要达到多少？',
  '兩國在能源領域有哪些合作？',
  'Which companies build the railway?',
  'Кто отвечает за водные ресурсы?',
  'Сауда көлемі қанша болады?',
];

let sisters: OpenIndex;
let remove: () => Promise<void>;

beforeAll(async () => {
  const ingested = await ingestSisters();
  remove = ingested.remove;
  sisters = await openCurrentIndex(ingested.dataFolder);
});
afterAll(() => remove());

const passagesOf = ({ chunks }: OpenIndex): Passage[] =>
  Array.from({ length: chunks.length }, (_, chunk) => ({
    chunk,
    documentId: chunks.documentIdOf(chunk),
    paragraphId: chunks.paragraphIdOf(chunk),
    similarity: 1,
  }));

test('a passage names the same, whichever others are looked into with it', () => {
  for (const question of QUESTIONS) {
    const { units } = understandQuestion(question, sisters);
    const passages = passagesOf(sisters);
    const together = new NamedTerms(sisters, units, passages);
    for (const passage of passages) {
      const { chunk } = passage;
      const alone = new NamedTerms(sisters, units, [passage]);
      const { start, end } = sisters.lexicalIndex.sentencesOf(chunk);
      for (let at = 0; at < end - start; at++) expect(together.matchesOf(chunk, at)).toEqual(alone.matchesOf(chunk, at));
      expect(together.waysTo(new Set([chunk]))).toEqual(alone.waysTo(new Set([chunk])));
    }
  }
});

test('a way leads to a paragraph where the index of paragraphs says so', async () => {
  // The statement has renderings and keywords, which are listed for paragraphs.
  const index = await openStatement();
  const passages = passagesOf(index);
  for (const question of QUESTIONS) {
    const units = understandQuestion(question, index).units.map((unit) => ({ ...unit, isFocus: false }));
    const named = new NamedTerms(index, units, passages);
    for (const { chunk } of passages) {
      const expected = units.map(({ terms }) =>
        WAYS.map((way) =>
          terms
            .filter((term) => sourceOf(term) === way && (index.chunkIndex.frequencies(term.view, term.term, [chunk])[0] ?? 0) > 0)
            .reduce((longest, { weight }) => Math.max(longest, Math.min(1, weight)), 0),
        ),
      );
      expect(named.waysTo(new Set([chunk]))).toEqual(expected);
    }
  }
});
