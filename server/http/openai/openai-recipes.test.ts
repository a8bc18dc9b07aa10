import { execFile } from 'node:child_process';
import { parseEnv, promisify } from 'node:util';
import { createParser } from 'eventsource-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ask, postJson } from '../../testing/clients/ask.ts';
import { readmeRecipe } from '../../testing/readme-recipe.ts';
import { EXPO_QUESTION } from '../../testing/statement.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

it('the README’s recipe for the openai package prints the answer and its citations', async () => {
  const program = readmeRecipe('openai', 'js', server.url);
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
  const { answer, citations } = await ask(server.url, { question: EXPO_QUESTION });
  expect(stdout.startsWith(answer)).toBe(true);
  for (const { quote, label, url } of citations) {
    expect(stdout).toMatch(new RegExp(`“${quote}”\n${label} · .+\n`, 'u'));
    expect(stdout.trimEnd().split('\n')).toContain(url);
  }
});

/** Open WebUI is no npm package: this is what it does with its connection, as its documentation and requests have it. */
describe('the README’s recipe for Open WebUI', () => {
  const modelsSchema = z.object({ data: z.array(z.object({ id: z.string() })).min(1) });
  const deltaSchema = z.object({
    choices: z
      .array(
        z.object({
          delta: z.object({ content: z.string().optional(), annotations: z.array(z.object({ url_citation: z.unknown() })).optional() }),
        }),
      )
      .optional(),
  });

  it('finds the models, and streams an answer with its sources', async () => {
    const environment = parseEnv(readmeRecipe('Open WebUI', 'sh', server.url));
    const address = environment['OPENAI_API_BASE_URL'] ?? '';
    const headers = { Authorization: `Bearer ${environment['OPENAI_API_KEY']}` };
    const models = modelsSchema.parse(await (await fetch(`${address}/models`, { headers })).json());
    const response = await postJson(
      `${address}/chat/completions`,
      {
        stream: true,
        model: models.data[0]?.id,
        messages: [{ role: 'user', content: EXPO_QUESTION }],
        stream_options: { include_usage: true },
      },
      headers,
    );
    const deltas: z.infer<typeof deltaSchema>[] = [];
    const parser = createParser({ onEvent: ({ data }) => data === '[DONE]' || deltas.push(deltaSchema.parse(JSON.parse(data))) });
    parser.feed(await response.text());
    const parts = deltas.flatMap(({ choices = [] }) => choices.map(({ delta }) => delta));
    const { answer, citations } = await ask(server.url, { question: EXPO_QUESTION });
    expect(parts.map(({ content = '' }) => content).join('')).toContain(answer);
    expect(parts.flatMap(({ annotations = [] }) => annotations)).toHaveLength(citations.length);
  });

  it('switches off every task that asks for something made up', () => {
    const environment = parseEnv(readmeRecipe('Open WebUI', 'sh', server.url));
    expect(Object.entries(environment).filter(([name, value]) => name.startsWith('ENABLE_') && value !== 'false')).toEqual([]);
  });
});
