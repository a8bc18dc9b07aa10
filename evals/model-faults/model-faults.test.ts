import { describe, expect, test } from 'vitest';
import { copyOfStatement } from '../../server/testing/statement.ts';
import { CHAT_FAULTS } from './chat-faults.ts';
import { EMBEDDING_QUERY_FAULTS } from './embedding-query-faults.ts';
import { failChatModel } from './fail-chat-model.ts';
import { failEmbeddings } from './fail-embeddings.ts';
import { guardChatModel } from './guard-chat-model.ts';

/** Short runs; `npm run model-faults` makes the full ones. The seed is printed by the command and fixed here, so that no build breaks by chance. */
const SEED = 20190911;
const LANES = 6;

describe('every promise is kept', { timeout: 120_000 }, () => {
  test('under every fault of a chat endpoint', async () => {
    const { figures, violations } = await failChatModel({ seed: SEED, runs: 2, dataFolder: await copyOfStatement(), lanes: LANES });
    expect(violations).toEqual([]);
    expect(figures['questions']).toBe(2 * Object.keys(CHAT_FAULTS).length);
  });

  test('by the breaker and the cap', async () => {
    const { figures, violations } = await guardChatModel({ seed: SEED, runs: 4, dataFolder: await copyOfStatement(), lanes: 4 });
    expect(violations).toEqual([]);
    expect(figures).toMatchObject({ 'under the breaker: written': 12 });
    expect(figures['under the cap: model-spent']).toBeGreaterThanOrEqual(5);
  });

  test('under every fault of an embeddings endpoint', async () => {
    const { figures, violations } = await failEmbeddings({ seed: SEED, runs: 1, dataFolder: await copyOfStatement(), lanes: LANES });
    expect(violations).toEqual([]);
    expect(figures['questions']).toBe(Object.keys(EMBEDDING_QUERY_FAULTS).length);
  });
});
