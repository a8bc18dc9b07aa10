import { readFileSync } from 'node:fs';
import path from 'node:path';
import { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { packageRoot } from '../../../ingest/package-root.ts';
import { addAskTool } from './ask-tool.ts';
import type { McpDependencies } from './mcp-dependencies.ts';
import { addResources } from './resources.ts';
import { addFetchTool, addSearchTool } from './search-tools.ts';
import { addVerifyQuoteTool } from './verify-quote-tool.ts';

const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(path.join(packageRoot, 'package.json'), 'utf8')));

const INSTRUCTIONS = `Youju 有据 holds official documents and answers from their own words.
- For a question on what they say, call ask. It answers with verified citations, or says that the documents do not say it; then say so too.
- To gather material yourself, call search, then fetch.
- Repeat quotes verbatim, in the document's own language, each with its link. A translation stands beside the quote and is called one.
- Before you show a quotation that no tool here just gave you, call verify_quote.`;

/**
 * Youju as an MCP server, for one connection or one request. Its tools and resources never change while it runs, so nothing is
 * subscribed to and no stream stays open.
 */
export function createMcpServer(dependencies: McpDependencies): McpServer {
  const server = new McpServer(
    { name: 'youju', title: 'Youju 有据', version },
    { capabilities: { tools: { listChanged: false }, resources: { listChanged: false } }, instructions: INSTRUCTIONS },
  );
  addAskTool(server, dependencies);
  addSearchTool(server, dependencies);
  addFetchTool(server, dependencies);
  addVerifyQuoteTool(server, dependencies);
  addResources(server, dependencies);
  return server;
}
