import type { CallToolResult, McpServer } from '@modelcontextprotocol/server';
import type { OpenIndex } from '../../../ingest/index/open-generation.ts';
import { phrasesIn } from '../../answering/answer-phrases.ts';
import { lastStep } from '../../answering/answer-step.ts';
import { type AnswerBody, askRequestSchema } from '../../wire.ts';
import { listSources, titlesFrom } from '../list-sources.ts';
import { markdownLink } from '../markdown-link.ts';
import type { McpDependencies } from './mcp-dependencies.ts';
import { READ_ONLY } from './read-only.ts';
import { answerSchema } from './result-schemas.ts';
import { tellingFailure } from './tell-failure.ts';

const { question, language, documentId, documentIds, history } = askRequestSchema.shape;
const askInput = askRequestSchema.extend({
  question: question.describe('The question in plain words, in Chinese, English, Russian or Kazakh; at most 500 characters.'),
  language: language.describe('Language of the answer; otherwise that of the question. Quotes stay in the document’s own.'),
  documentId: documentId.describe('Ask this document only.'),
  documentIds: documentIds.describe(
    'Ask these documents only. Without either all are asked, or those that the question names (“the statement of 2015”).',
  ),
  history: history.describe('Earlier turns of the conversation, oldest first, for questions such as “and energy?”.'),
});

export function addAskTool(server: McpServer, { answering, ask, onFailure }: McpDependencies): void {
  server.registerTool(
    'ask',
    {
      title: 'Ask the documents',
      description:
        'Answers a question from the official documents. Each sentence carries a citation like [1], whose quote was checked character by character. Use it first for any question on what the documents say. Repeat quotes verbatim and keep their links. status "abstained" means that the documents do not say it: tell the user so, and do not answer from elsewhere as if they did.',
      inputSchema: askInput,
      outputSchema: answerSchema,
      annotations: READ_ONLY,
    },
    (request, context) =>
      tellingFailure(onFailure, async () => {
        const { index } = answering();
        const { data } = await lastStep(ask(request, context.mcpReq.signal));
        return told(data, index);
      }),
  );
}

/**
 * Cited places are Markdown links in the text, not `resource_link` items: those came with 2025-06-18, and a client from before
 * refuses a whole result for one kind of content that it does not know.
 */
function told(answer: AnswerBody, index: OpenIndex): CallToolResult {
  const titleOf = titlesFrom(index.documents);
  const places = answer.status === 'answered' ? listSources(answer.citations, titleOf, answer.language) : listNearby(answer);
  return { content: [{ type: 'text', text: `${answer.answer}${places}` }], structuredContent: answer };

  function listNearby({ nearby, language }: Extract<AnswerBody, { status: 'abstained' }>): string {
    if (nearby.length === 0) return '';
    const links = nearby.map((paragraph) => `- ${markdownLink(titleOf(paragraph), paragraph.url)}`);
    return `\n\n${phrasesIn(language).nearby}\n\n${links.join('\n')}`;
  }
}
