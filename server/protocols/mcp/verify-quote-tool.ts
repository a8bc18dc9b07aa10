import type { McpServer } from '@modelcontextprotocol/server';
import { checkQuote } from '../../quote-check/check-quote.ts';
import { quoteCheckRequestSchema } from '../../wire.ts';
import { titlesFrom } from '../list-sources.ts';
import { describeVerdict } from './describe-verdict.ts';
import type { McpDependencies } from './mcp-dependencies.ts';
import { READ_ONLY } from './read-only.ts';
import { quoteCheckSchema } from './result-schemas.ts';
import { tellingFailure } from './tell-failure.ts';

const { quote, language, documentId } = quoteCheckRequestSchema.shape;
const verifyInput = quoteCheckRequestSchema.extend({
  quote: quote.describe('The quotation as it would be shown; at most 2,000 characters.'),
  language: language.describe('Language of the labels; otherwise the document’s own.'),
  documentId: documentId.describe('Look in this document only.'),
});

export function addVerifyQuoteTool(server: McpServer, { answering, onFailure }: McpDependencies): void {
  server.registerTool(
    'verify_quote',
    {
      title: 'Check a quotation',
      description:
        'Says whether a quotation stands in the official documents: verbatim, altered (and which words differ), or absent. Call it before you show any quotation from them that ask or fetch did not just give you, and when a user asks whether a quotation is genuine.',
      inputSchema: verifyInput,
      outputSchema: quoteCheckSchema,
      annotations: READ_ONLY,
    },
    (request) =>
      tellingFailure(onFailure, () => {
        const dependencies = answering();
        const body = checkQuote(request, dependencies);
        const text = describeVerdict(body, titlesFrom(dependencies.index.documents));
        return { content: [{ type: 'text', text }], structuredContent: body };
      }),
  );
}
