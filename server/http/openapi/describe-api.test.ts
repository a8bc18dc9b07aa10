import { Validator } from '@seriousme/openapi-schema-validator';
import type { Router } from 'express';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { EmbeddingModel } from '../../../ingest/embedding/embedding-model.ts';
import { FolderStore } from '../../../ingest/index/folder-store.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import { CurrentIndex } from '../../current-index.ts';
import { FeedbackLog } from '../../feedback/record-feedback.ts';
import { ServerMetrics } from '../../metrics/server-metrics.ts';
import { sendRaw } from '../../testing/clients/send-raw.ts';
import { fetchDescription, operationsOf, type ServedDescription, ServedSchemas } from '../../testing/served-schemas.ts';
import { statementDataFolder } from '../../testing/statement.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import { createApp } from '../create-app.ts';

let server: TestServer;
let description: ServedDescription;

beforeAll(async () => {
  server = await startTestServer();
  description = await fetchDescription(server.url);
});
afterAll(() => server.close());

/** Pages, and the code and looks of pages: for browsers. */
const NOT_FOR_PROGRAMS = [
  'GET /',
  'GET /documents',
  'GET /assets/{name}',
  'GET /documents/{documentId}',
  'GET /documents/{documentId}/check',
  'POST /documents/{documentId}/check',
  'GET /widget.js',
  'GET /widget/{name}',
];

/** What a router answers, and the routers in it, as `GET /path/{parameter}`. */
function registeredRoutes({ stack }: Pick<Router, 'stack'>): string[] {
  return stack.flatMap(({ route, handle }) => {
    if ('stack' in handle && Array.isArray(handle.stack)) return registeredRoutes({ stack: handle.stack });
    if (!route) return [];
    const paths = [route.path].flat().map((path) => path.replace(/:(\w+)/g, '{$1}'));
    // `all` has no method of its own: it refuses what the others do not answer.
    const methods = route.stack.flatMap(({ method }) => (method ? [method.toUpperCase()] : []));
    return methods.flatMap((method) => paths.map((path) => `${method} ${path}`));
  });
}

async function appRoutes(): Promise<string[]> {
  const embeddingModel = new EmbeddingModel({});
  const dataFolder = await statementDataFolder();
  const app = createApp({
    currentIndex: new CurrentIndex(new FolderStore(dataFolder), embeddingModel),
    embeddingModel,
    metrics: new ServerMetrics(() => undefined),
    feedback: new FeedbackLog(dataFolder),
    logger: pino({ level: 'silent' }),
    stopping: new AbortController().signal,
    configuration: {
      PUBLIC_URL: undefined,
      ALLOWED_ORIGINS: [],
      API_TOKENS: [],
      TRUST_PROXY_HOPS: 0,
      RATE_LIMIT_PER_MINUTE: 0,
      LOG_QUESTIONS: false,
      CHAT_TIMEOUT_SECONDS: 20,
    },
  });
  return [...new Set(registeredRoutes(app.router))];
}

describe('the description of the API', () => {
  test('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const result = await validator.validate(JSON.parse(await (await fetch(`${server.url}/openapi.json`)).text()));
    expect(result).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  test('describes every route that is registered, and no other', async () => {
    const described = operationsOf(description).map(({ name }) => name);
    expect((await appRoutes()).toSorted()).toEqual([...described, ...NOT_FOR_PROGRAMS].toSorted());
  });

  test('names every operation once, in a known group, in a few words', () => {
    const operations = operationsOf(description);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    const groups = new Set(description.tags.map(({ name }) => name));
    for (const { tags, summary } of operations) {
      expect(tags.filter((tag) => groups.has(tag))).toHaveLength(1);
      expect(summary.length).toBeLessThan(60);
    }
    expect(new Set(operations.flatMap(({ tags }) => tags))).toEqual(groups);
  });

  test('has examples that fit their schemas, fields and all', () => {
    const schemas = new ServedSchemas(description, 'closed');
    const checked: string[] = [];
    const check = (pointer: string[], content: ServedDescription['components']['responses'][string]['content'] = {}) => {
      for (const [type, { examples = {} }] of Object.entries(content))
        for (const [name, { value }] of Object.entries(examples)) {
          // A body of events is no JSON; its parts are checked with the real ones.
          if (type === 'text/event-stream') continue;
          const place = [...pointer, 'content', type, 'schema'];
          expect([place, name, schemas.faults(place, value)]).toEqual([place, name, []]);
          checked.push(name);
        }
    };
    for (const { path, method, requestBody, responses } of operationsOf(description)) {
      check(['paths', path, method, 'requestBody'], requestBody?.content);
      for (const [status, { content }] of Object.entries(responses)) check(['paths', path, method, 'responses', status], content);
    }
    for (const [id, { content }] of Object.entries(description.components.responses)) check(['components', 'responses', id], content);
    expect(checked.length).toBeGreaterThan(25);
  });

  test('has the version of the package and the address it is asked at, or the public one', async () => {
    expect(description.info.version).toBe(packageJson.version);
    expect(description.servers).toEqual([{ url: server.url }]);
    const elsewhere = await startTestServer({ configuration: { PUBLIC_URL: 'https://policy.example' } });
    onTestFinished(() => elsewhere.close());
    expect((await fetchDescription(elsewhere.url)).servers).toEqual([{ url: 'https://policy.example' }]);
    const named = await sendRaw(server.port, { path: '/openapi.json', headers: { host: 'policy.internal:8080' } });
    expect(JSON.parse(named.body).servers).toEqual([{ url: 'http://policy.internal:8080' }]);
  });

  test('may be kept, is not sent again unchanged, and is open to the sites that may ask', async () => {
    const response = await fetch(`${server.url}/openapi.json`);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('private, max-age=300');
    const headers = { 'if-none-match': response.headers.get('etag') ?? '' };
    expect((await sendRaw(server.port, { path: '/openapi.json', headers })).status).toBe(304);
    const open = await startTestServer({ configuration: { ALLOWED_ORIGINS: ['*'] } });
    onTestFinished(() => open.close());
    const foreign = await sendRaw(open.port, { path: '/openapi.json', headers: { origin: 'https://tools.example' } });
    expect(foreign.headers['access-control-allow-origin']).toBe('*');
  });

  test('leaves room for fields to come, and keeps no bound that is none of ours', async () => {
    const text = JSON.stringify(description.components.schemas);
    expect(text.match(/.{80}(?:"additionalProperties":false|9007199254740991)/g)).toBeNull();
  });
});
