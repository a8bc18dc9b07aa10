import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { packageRoot } from '../../../ingest/package-root.ts';
import { ask } from '../../testing/clients/ask.ts';
import { currentClient, type McpClient } from '../../testing/clients/mcp-clients.ts';
import { readmeRecipe } from '../../testing/readme-recipe.ts';
import { UNSET } from '../../testing/run-server.ts';
import { EXPO_QUESTION, statementDataFolder } from '../../testing/statement.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

const recipeSchema = z.object({
  mcpServers: z.object({
    youju: z.object({ type: z.literal('http'), url: z.url() }),
    'youju-on-this-machine': z.object({ command: z.string(), args: z.array(z.string()), env: z.record(z.string(), z.string()) }),
  }),
});

async function startServer(): Promise<{ server: TestServer; recipe: z.infer<typeof recipeSchema>['mcpServers'] }> {
  const server = await startTestServer();
  onTestFinished(() => server.close());
  const recipe = readmeRecipe('An MCP client', 'json', server.url).replaceAll('/path/to/youju', packageRoot);
  return { server, recipe: recipeSchema.parse(JSON.parse(recipe)).mcpServers };
}

async function connected(transport: StreamableHTTPClientTransport | StdioClientTransport): Promise<McpClient> {
  const client = new Client({ name: 'recipe', version: '1' });
  await client.connect(transport);
  onTestFinished(() => client.close());
  return currentClient(client);
}

it('the README’s address of /mcp gets an MCP client the answer', async () => {
  const { server, recipe } = await startServer();
  const client = await connected(new StreamableHTTPClientTransport(new URL(recipe.youju.url)));
  const { answer, citations } = await ask(server.url, { question: EXPO_QUESTION });
  const { text } = await client.call('ask', { question: EXPO_QUESTION });
  expect(text).toContain(answer);
  // The server of the test is where PUBLIC_URL leads, so its links are those of the answer.
  for (const { url } of citations) expect(text).toContain(`](${url})`);
});

it('the README’s command starts a server on stdio that answers alike', async () => {
  const { server, recipe } = await startServer();
  // The build that goes before would rewrite files that other tests are running.
  const unbuilt = { PATH: process.env['PATH'] ?? '', ...UNSET, DATA_DIR: await statementDataFolder(), npm_config_ignore_scripts: 'true' };
  const { command, args, env } = recipe['youju-on-this-machine'];
  const client = await connected(new StdioClientTransport({ command, args, env: { ...unbuilt, ...env }, cwd: '/', stderr: 'ignore' }));
  const { answer, citations } = await ask(server.url, { question: EXPO_QUESTION });
  const { text } = await client.call('ask', { question: EXPO_QUESTION });
  expect(text).toContain(answer);
  // The server of the test is where PUBLIC_URL leads, so its links are those of the answer.
  for (const { url } of citations) expect(text).toContain(`](${url})`);
});
