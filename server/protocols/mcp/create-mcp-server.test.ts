import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import fc from 'fast-check';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { EmbeddingModel } from '../../../ingest/embedding/embedding-model.ts';
import { type OpenIndex, openCurrentIndex } from '../../../ingest/index/open-generation.ts';
import { writeDocuments } from '../../../ingest/testing/sample-document.ts';
import { temporaryFolder } from '../../../ingest/testing/temporary-folder.ts';
import { answerQuestion } from '../../answering/answer-question.ts';
import { currentClient } from '../../testing/clients/mcp-clients.ts';
import { ingestInto, openStatement, STATEMENT_ID, statementOf } from '../../testing/statement.ts';
import { createMcpServer } from './create-mcp-server.ts';
import type { McpDependencies } from './mcp-dependencies.ts';
import { allPlaces, findPlaceById, placeId } from './place.ts';

let statement: OpenIndex;

beforeAll(async () => {
  statement = await openStatement();
});

function dependenciesOn(index: () => OpenIndex): McpDependencies & { failures: unknown[] } {
  const failures: unknown[] = [];
  const answering = () => ({
    index: index(),
    embeddingModel: new EmbeddingModel({}),
    publicUrl: 'https://policy.example',
    onDegraded: () => {},
  });
  return {
    answering,
    ask: (ask, signal) => answerQuestion(ask, answering(), signal),
    onFailure: (error) => failures.push(error),
    failures,
  };
}

async function connectTo(dependencies: McpDependencies): Promise<Client> {
  const [near, far] = InMemoryTransport.createLinkedPair();
  const server = createMcpServer(dependencies);
  await server.connect(far);
  const client = new Client({ name: 'youju-tests', version: '1' });
  await client.connect(near);
  onTestFinished(() => client.close());
  return client;
}

describe('what nobody foresaw', () => {
  const SECRET = 'the key is sk-canary-77';

  test('is told to the log, not to the client', async () => {
    const dependencies = dependenciesOn(() => {
      throw new Error(SECRET);
    });
    const client = currentClient(await connectTo(dependencies));
    for (const [tool, args] of Object.entries({
      ask: { question: 'a' },
      search: { query: 'a' },
      fetch: { id: 'a' },
      verify_quote: { quote: 'a' },
    }))
      expect(await client.call(tool, args)).toEqual({
        isError: true,
        structured: undefined,
        text: 'Something went wrong on our side. Try again later.',
      });
    for (const attempt of [client.resources(), client.read('youju://documents/a')]) {
      const error: unknown = await attempt.catch((reason: unknown) => reason);
      expect(String(error)).toContain('Something went wrong on our side');
      expect(String(error)).not.toContain(SECRET);
    }
    expect(dependencies.failures.map(String)).toEqual(Array(6).fill(`Error: ${SECRET}`));
  });
});

describe('resources', () => {
  /** 130 paragraphs in two documents, with ids of their own. */
  async function largeIndex(): Promise<OpenIndex> {
    const paragraphs = (count: number) => Array.from({ length: count }, (_, at) => `双方决定开展第${at + 1}号项目的合作。`).join('\n\n');
    const documents = await writeDocuments(await temporaryFolder(), { first: paragraphs(70), second: paragraphs(60) });
    const dataFolder = await temporaryFolder();
    await ingestInto(dataFolder, [documents]);
    return openCurrentIndex(dataFolder);
  }

  test('come in pages, each place once, and a cursor of another generation is refused', async () => {
    const large = await largeIndex();
    let index = large;
    const client = await connectTo(dependenciesOn(() => index));
    const expected = [...allPlaces(large)].map(({ document, paragraph }) => placeId(document.documentId, paragraph?.paragraphId));
    expect(expected.length).toBeGreaterThan(130);
    expect((await client.listResources()).resources.map(({ name }) => name)).toEqual(expected);
    const first = await client.listResources({ cursor: `${large.manifest.generation}/0` });
    expect(first.resources).toHaveLength(100);
    index = statement;
    await expect(client.listResources({ cursor: first.nextCursor })).rejects.toThrow('List again');
  });

  test('complete the ids of their templates', async () => {
    const client = await connectTo(dependenciesOn(() => statement));
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates.map(({ name }) => name)).toEqual(['document', 'paragraph']);
    const uri = resourceTemplates[1]?.uriTemplate ?? '';
    const complete = async (name: string, value: string, context = {}) =>
      (await client.complete({ ref: { type: 'ref/resource', uri }, argument: { name, value }, context: { arguments: context } })).completion
        .values;
    expect(await complete('documentId', 'china')).toEqual([STATEMENT_ID]);
    expect(await complete('documentId', 'x')).toEqual([]);
    const partTwo = statementOf(statement).paragraphs.flatMap(({ paragraphId }) => (paragraphId.startsWith('part-2') ? [paragraphId] : []));
    expect(await complete('paragraphId', 'part-2', { documentId: STATEMENT_ID })).toEqual(partTwo);
    expect(await complete('paragraphId', 'part-2')).toEqual([]);
  });
});

describe('ids', () => {
  test('lead back to the place that they were made of', () => {
    for (const place of allPlaces(statement))
      expect(findPlaceById(statement, placeId(place.document.documentId, place.paragraph?.paragraphId))).toEqual(place);
  });

  test('of anything else lead nowhere', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 });
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          text.map((rest) => `${STATEMENT_ID}#${rest}`),
          fc.constantFrom('__proto__', 'constructor#name'),
        ),
        (id) => {
          const place = findPlaceById(statement, id);
          expect(place === undefined || placeId(place.document.documentId, place.paragraph?.paragraphId) === id).toBe(true);
        },
      ),
    );
  });
});
