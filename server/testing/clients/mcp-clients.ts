import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';

/** A result as we send it: one text item, and the same structured, strictly. */
const strictResult = z.strictObject({
  content: z.tuple([z.strictObject({ type: z.literal('text'), text: z.string().min(1) })]),
  structuredContent: z.record(z.string(), z.unknown()).optional(),
  isError: z.boolean().optional(),
});

export type ToolResult = { text: string; structured: Record<string, unknown> | undefined; isError: boolean };

/** What the tests need of a client, whoever made it. */
export type McpClient = {
  tools: () => Promise<{ name: string; description?: string; inputSchema: object; outputSchema?: object; annotations?: object }[]>;
  call: (name: string, args: Record<string, unknown>, signal?: AbortSignal) => Promise<ToolResult>;
  resources: () => Promise<{ uri: string; name: string; mimeType?: string }[]>;
  read: (uri: string) => Promise<string>;
  instructions: () => string | undefined;
  close: () => Promise<void>;
};

const NAME = { name: 'youju-tests', version: '1' };

function toolResult(result: unknown): ToolResult {
  const { content, structuredContent, isError = false } = strictResult.parse(result);
  return { text: content[0].text, structured: structuredContent, isError };
}

const onlyText = (contents: readonly object[]): string =>
  z.tuple([z.looseObject({ mimeType: z.literal('text/plain'), text: z.string() })]).parse(contents)[0].text;

/** The current official client, on what it is connected to. */
export function currentClient(client: Client): McpClient {
  return {
    tools: async () => (await client.listTools()).tools,
    call: async (name, args, signal) => {
      const { _meta, ...result } = await client.callTool({ name, arguments: args }, { signal });
      return toolResult(result);
    },
    // Walks all pages.
    resources: async () => (await client.listResources()).resources,
    read: async (uri) => onlyText((await client.readResource({ uri })).contents),
    instructions: () => client.getInstructions(),
    close: () => client.close(),
  };
}

/** Whatever version people have: the current one, the current one as it speaks to servers of 2025, and the one of 2025 itself. */
export const CLIENTS = {
  'of 2026-07-28': async (url: string) => {
    const client = new Client(NAME, { versionNegotiation: { mode: { pin: '2026-07-28' } } });
    await client.connect(new StreamableHTTPClientTransport(new URL(url)));
    return currentClient(client);
  },
  'of 2026 in the protocol of 2025': async (url: string) => {
    const client = new Client(NAME);
    await client.connect(new StreamableHTTPClientTransport(new URL(url)));
    return currentClient(client);
  },
  'of 2025': async (url: string) => {
    const client = new OldClient(NAME);
    await client.connect(new OldTransport(new URL(url)));
    return oldClient(client);
  },
} satisfies Record<string, (url: string) => Promise<McpClient>>;

export function oldClient(client: OldClient): McpClient {
  return {
    tools: async () => (await client.listTools()).tools,
    call: async (name, args, signal) => toolResult(await client.callTool({ name, arguments: args }, CallToolResultSchema, { signal })),
    resources: async () => {
      const resources = [];
      let cursor: string | undefined;
      do {
        const page = await client.listResources({ cursor });
        resources.push(...page.resources);
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      return resources;
    },
    read: async (uri) => onlyText((await client.readResource({ uri })).contents),
    instructions: () => client.getInstructions(),
    close: () => client.close(),
  };
}
