import { beforeAll, describe, expect, test } from 'vitest';
import { EmbeddingModel } from '../../ingest/embedding/embedding-model.ts';
import type { OpenIndex } from '../../ingest/index/open-generation.ts';
import { EXPO_PARAGRAPH, EXPO_QUESTION, openStatement, STATEMENT_ID, STATEMENT_SOURCE, statementOf } from '../testing/statement.ts';
import { strictPassages } from '../testing/wire-schemas.ts';
import { searchPassages } from './search-passages.ts';

let index: OpenIndex;

beforeAll(async () => {
  index = await openStatement();
});

const search = async (query: string, rest: { k?: number; documentId?: string } = {}) => {
  const passages = await searchPassages(
    { query, ...rest },
    { index, embeddingModel: new EmbeddingModel({}), publicUrl: 'https://policy.example', onDegraded: () => {} },
  );
  return strictPassages.parse({ passages }).passages;
};

describe('searchPassages', () => {
  test('puts the import expo first for the question about it', async () => {
    expect((await search(EXPO_QUESTION))[0]).toMatchObject({ documentId: STATEMENT_ID, paragraphId: EXPO_PARAGRAPH });
  });

  test('gives each paragraph once, ten by default, as many as asked for', async () => {
    const passages = await search('双方合作');
    expect(passages).toHaveLength(10);
    expect(new Set(passages.map(({ paragraphId }) => paragraphId)).size).toBe(10);
    expect(await search('双方合作', { k: 1 })).toHaveLength(1);
    expect((await search('双方合作', { k: 50 })).length).toBeLessThanOrEqual(50);
  });

  test('orders by similarity where nothing is named by number', async () => {
    const similarities = (await search('能源合作', { k: 50 })).map(({ similarity }) => similarity);
    expect(similarities).toEqual(similarities.toSorted((a, b) => b - a));
  });

  test('shows the source’s own words', async () => {
    const { paragraphs } = statementOf(index);
    for (const { paragraphId, text, start, end } of await search('合作', { k: 50 })) {
      const paragraph = paragraphs.find((candidate) => candidate.paragraphId === paragraphId);
      expect(paragraph?.text.slice(start, end)).toBe(text);
      expect(STATEMENT_SOURCE).toContain(text);
    }
  });

  test.each(['第二部分第六项', 'Part II, item (6)', 'пункт 6 второй части'])(
    'puts the paragraph that is named by number first: %s',
    async (query) => {
      expect((await search(query))[0]?.paragraphId).toBe('part-2-item-6');
    },
  );

  test('keeps to a part that is named', async () => {
    const passages = await search('第三部分里关于河流的内容', { k: 3 });
    expect(passages.map(({ paragraphId }) => paragraphId.slice(0, 6))).toEqual(['part-3', 'part-3', 'part-3']);
  });

  test('finds nothing in a document that does not exist, and nothing for letters that mean nothing', async () => {
    expect(await search(EXPO_QUESTION, { documentId: 'no-such-document' })).toEqual([]);
    expect(await search('xqzwv')).toEqual([]);
  });
});
