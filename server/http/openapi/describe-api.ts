import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';
import { packageRoot } from '../../../ingest/package-root.ts';
import { answerEventSchema } from '../../wire.ts';
import { askPaths } from './paths/ask-paths.ts';
import { chatPaths, messageChunkSchema } from './paths/chat-paths.ts';
import { annotationPaths, documentPaths } from './paths/document-paths.ts';
import { feedbackPaths } from './paths/feedback-paths.ts';
import { mcpPaths } from './paths/mcp-paths.ts';
import { openAiPaths, openAiSecurity } from './paths/openai-paths.ts';
import { servicePaths } from './paths/service-paths.ts';
import { verifyPaths } from './paths/verify-paths.ts';

/** A part for each router, beside which it stands. What is registered and not described here, or the reverse, fails a test. */
const paths: ZodOpenApiPathsObject = {
  ...askPaths,
  ...verifyPaths,
  ...documentPaths,
  ...annotationPaths,
  ...feedbackPaths,
  ...openAiPaths,
  ...chatPaths,
  ...mcpPaths,
  ...servicePaths,
};

const tags = [
  { name: 'Answers', description: 'Questions, answered in the documents’ own words.' },
  { name: 'Quotations', description: 'Whether a quotation is in the documents.' },
  { name: 'Documents', description: 'The documents and their exact text.' },
  { name: 'Annotations', description: 'Citations as W3C Web Annotations.' },
  { name: 'OpenAI', description: 'The same answers for what speaks the OpenAI API: set its base URL to this server’s `/v1`.' },
  { name: 'AI SDK', description: 'The same answers for `useChat` and whatever else reads the AI SDK’s UI message stream.' },
  { name: 'MCP', description: 'The same answers and the quote check as tools for assistants.' },
  { name: 'Service', description: 'The server itself.' },
];

const description = `Cited answers from official documents. Every quote is cut by the server from the hashed source; what the documents do not say is declined.

- Requests are JSON of at most 16 kB, nested at most 8 deep; whole conversations of at most 1 MB and 32 deep. Texts are well-formed Unicode, their lengths counted in code points.
- Offsets are UTF-16 code units and half-open, but for those of Web Annotations.
- Errors are \`application/problem+json\` (RFC 9457) with a stable \`code\`; below \`/v1\` they are OpenAI’s, at \`/mcp\` JSON-RPC’s. A known address answers other methods with 405 and \`method-not-allowed\`.
- Every response has an \`X-Request-Id\`, to be quoted in reports.
- Responses may gain fields; ignore those you do not know.`;

const packageSchema = z.object({ version: z.string() });

/**
 * The OpenAPI 3.1 document of all that programs may call, but for the address of the server. Made of the schemas that validate
 * requests, so it cannot say anything else than the server does.
 */
export function describeApi() {
  const { version } = packageSchema.parse(JSON.parse(readFileSync(path.join(packageRoot, 'package.json'), 'utf8')));
  return createDocument(
    {
      openapi: '3.1.1',
      info: { title: 'Youju 有据', version, description, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
      tags,
      paths,
      security: [],
      components: { securitySchemes: openAiSecurity, schemas: { AnswerEvent: answerEventSchema, MessageChunk: messageChunkSchema } },
    },
    {
      override: ({
        jsonSchema,
        zodSchema: {
          _zod: { def },
        },
      }) => {
        // Zod closes what goes out. Clients have to take fields that are added later.
        if (def.type === 'object' && def.catchall === undefined) delete jsonSchema.additionalProperties;
        // The bound of any number that JSON carries exactly, no bound of ours.
        if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
        if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      },
    },
  );
}
