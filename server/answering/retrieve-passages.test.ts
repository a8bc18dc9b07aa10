import { describe, expect, test } from 'vitest';
import { EmbeddingModel } from '../../ingest/embedding/embedding-model.ts';
import { FolderStore } from '../../ingest/index/folder-store.ts';
import { openCurrentIndex } from '../../ingest/index/open-generation.ts';
import { ingestDocuments } from '../../ingest/ingest-documents.ts';
import { termsFolder } from '../../ingest/package-root.ts';
import { serveEmbeddings } from '../../ingest/testing/embeddings-endpoint.ts';
import { answerRightly, type EmbeddingsAnswer, sendVectors } from '../../ingest/testing/scripted-embeddings.ts';
import { temporaryFolder } from '../../ingest/testing/temporary-folder.ts';
import { understandQuestion } from '../question/understand-question.ts';
import { EXPO_PARAGRAPH, EXPO_QUESTION, openStatement, STATEMENT_FILE } from '../testing/statement.ts';
import { retrievePassages } from './retrieve-passages.ts';

const KEY_CANARY = 'sk-canary-e31';

describe('retrievePassages', () => {
  test('finds the paragraph, one passage each, best first, similarities in 0…1', async () => {
    const index = await openStatement();
    const passages = await retrievePassages(
      { index, embeddingModel: new EmbeddingModel({}) },
      understandQuestion(EXPO_QUESTION, index),
      {},
      () => {},
    );
    expect(passages[0]?.paragraphId).toBe(EXPO_PARAGRAPH);
    const similarities = passages.map(({ similarity }) => similarity);
    expect(similarities).toEqual(similarities.toSorted((a, b) => b - a));
    expect(similarities.every((similarity) => similarity > 0 && similarity <= 1)).toBe(true);
    expect(new Set(passages.map(({ paragraphId }) => paragraphId)).size).toBe(passages.length);
  });

  test('keeps to the filter', async () => {
    const index = await openStatement();
    const retriever = { index, embeddingModel: new EmbeddingModel({}) };
    const question = understandQuestion(EXPO_QUESTION, index);
    const paragraphIds = new Set(['part-3-p1', EXPO_PARAGRAPH]);
    for (const { paragraphId } of await retrievePassages(retriever, question, { paragraphIds }, () => {}))
      expect(paragraphIds).toContain(paragraphId);
    expect(await retrievePassages(retriever, question, { documentIds: ['no-such-document'] }, () => {})).toEqual([]);
  });
});

const FAULTS: [string, EmbeddingsAnswer][] = [
  ['answers 500', (_texts, response) => response.writeHead(500).end('{"error":{"message":"broken"}}')],
  [
    'refuses the key and repeats it',
    (_texts, response, key) => response.writeHead(401).end(JSON.stringify({ error: { message: `bad key ${key}` } })),
  ],
  [
    'answers null for numbers',
    (texts, response) =>
      sendVectors(
        response,
        texts.map(() => Array.from({ length: 8 }, () => null)),
      ),
  ],
  [
    'answers words for numbers',
    (texts, response) =>
      sendVectors(
        response,
        texts.map(() => Array.from({ length: 8 }, () => 'a')),
      ),
  ],
  [
    'answers zeros',
    (texts, response) =>
      sendVectors(
        response,
        texts.map(() => Array.from({ length: 8 }, () => 0)),
      ),
  ],
  [
    'answers vectors of another length',
    (texts, response) =>
      sendVectors(
        response,
        texts.map(() => [1, 2, 3]),
      ),
  ],
  ['answers no vector', (_texts, response) => sendVectors(response, [])],
  ['answers HTML', (_texts, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>Sign in</p>')],
  ['hangs up', (_texts, response) => response.destroy()],
];

test('where the embedding endpoint fails in whatever way, the words alone find the paragraph, and the operator is told without the key', async () => {
  const endpoint = await serveEmbeddings();
  const embeddingModel = new EmbeddingModel({ model: 'remote', apiKey: KEY_CANARY, baseUrl: endpoint.baseUrl });
  const dataFolder = await temporaryFolder();
  await ingestDocuments({ paths: [STATEMENT_FILE], termFolder: termsFolder, store: new FolderStore(dataFolder), embeddingModel });
  const index = await openCurrentIndex(dataFolder);
  const question = understandQuestion(EXPO_QUESTION, index);
  const told: unknown[] = [];
  const retrieve = () => retrievePassages({ index, embeddingModel }, question, {}, (error) => told.push(error));

  endpoint.answerWith(answerRightly);
  expect((await retrieve()).length).toBeGreaterThan(0);
  expect(told).toEqual([]);
  for (const [fault, answer] of FAULTS) {
    endpoint.answerWith(answer);
    told.length = 0;
    expect((await retrieve())[0]?.paragraphId, fault).toBe(EXPO_PARAGRAPH);
    expect(told, fault).toMatchObject([{ name: 'YoujuError' }]);
    expect(String(told[0]), fault).not.toContain(KEY_CANARY);
  }
});
