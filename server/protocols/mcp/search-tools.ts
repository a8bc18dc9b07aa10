import type { CallToolResult, McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { searchPassages } from '../../answering/search-passages.ts';
import { searchRequestSchema } from '../../wire.ts';
import { titlesFrom } from '../list-sources.ts';
import type { McpDependencies } from './mcp-dependencies.ts';
import { findPlaceById, type Place, placeId, placeLabel, placeText, placeTitle, placeUrl } from './place.ts';
import { READ_ONLY } from './read-only.ts';
import { tellingFailure, toolError } from './tell-failure.ts';

/** Longer than any id there is: a documentId has at most 200 characters. */
const LONGEST_ID = 500;

/**
 * ChatGPT's connectors and deep research take one string and cite from exactly these fields
 * (https://platform.openai.com/docs/mcp#configure-and-run-an-mcp-server): nothing is added to them.
 */
const searchInput = z.object({
  query: searchRequestSchema.shape.query.describe(
    'What to look for, in plain words and any language, or a place by its number (“part 2, item 8”).',
  ),
});
const searchOutput = z.object({
  results: z.array(
    z.object({
      id: z.string().describe('What fetch takes.'),
      title: z.string(),
      url: z.string().describe('Where people can read the place: cite this.'),
    }),
  ),
});

const fetchInput = z.object({
  id: z
    .string()
    .max(LONGEST_ID)
    .refine((id) => id.isWellFormed(), 'contains a lone surrogate')
    .describe('The id of a search result: `<documentId>#<paragraphId>`, or `<documentId>` for a whole document.'),
});
const fetchOutput = z.object({
  id: z.string(),
  title: z.string(),
  text: z.string().describe('The exact text: what is quoted of it is quoted verbatim.'),
  url: z.string().describe('Where people can read it: cite this.'),
  metadata: z.record(z.string(), z.string()),
});

/** One text item that holds the JSON, for clients that read no structured content. */
const asJson = (body: Record<string, unknown>): CallToolResult => ({
  content: [{ type: 'text', text: JSON.stringify(body) }],
  structuredContent: body,
});

export function addSearchTool(server: McpServer, { answering, onFailure }: McpDependencies): void {
  server.registerTool(
    'search',
    {
      title: 'Search the documents',
      description:
        'Finds the paragraphs of the official documents that are nearest to a query, best first. Use it to explore, or to gather material for an answer of your own; then fetch what you want to read. For a finished answer with citations use ask.',
      inputSchema: searchInput,
      outputSchema: searchOutput,
      annotations: READ_ONLY,
    },
    ({ query }, context) =>
      tellingFailure(onFailure, async () => {
        const dependencies = answering();
        const titleOf = titlesFrom(dependencies.index.documents);
        const passages = await searchPassages({ query }, dependencies, context.mcpReq.signal);
        const results = passages.map((passage) => ({
          id: placeId(passage.documentId, passage.paragraphId),
          title: titleOf(passage),
          url: passage.url,
        }));
        return asJson({ results });
      }),
  );
}

export function addFetchTool(server: McpServer, { answering, onFailure }: McpDependencies): void {
  server.registerTool(
    'fetch',
    {
      title: 'Fetch a paragraph or a document',
      description:
        'Gives the exact text behind an id that search returned: of one paragraph, or of a whole document. Quote it verbatim and with its url.',
      inputSchema: fetchInput,
      outputSchema: fetchOutput,
      annotations: READ_ONLY,
    },
    ({ id }) =>
      tellingFailure(onFailure, () => {
        const { index, publicUrl } = answering();
        const place = findPlaceById(index, id);
        return place
          ? asJson(fetched(place, publicUrl))
          : toolError(`There is no “${id}”. Call search, and fetch with the id of one of its results.`);
      }),
  );
}

function fetched(place: Place, publicUrl: string): z.infer<typeof fetchOutput> {
  const { documentId, language, date, place: signedAt } = place.document;
  const paragraphId = place.paragraph?.paragraphId;
  const details = { documentId, paragraphId, label: placeLabel(place), language, date, place: signedAt };
  return {
    id: placeId(documentId, paragraphId),
    title: placeTitle(place),
    text: placeText(place),
    url: placeUrl(publicUrl, place),
    metadata: Object.fromEntries(Object.entries(details).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
  };
}
