import { z } from 'zod';

/**
 * The content of a response of Server-Sent Events whose data is of a named schema. As a string: OpenAPI 3.1 has no way to say that a
 * body is a sequence (`itemSchema` is of 3.2), and to say that it is one event would mislead generators of clients.
 */
export const eventStream = (schemaName: string, examples: Record<string, { value: string }> = {}) => ({
  'text/event-stream': {
    schema: z.string().meta({
      override: ({ jsonSchema }: { jsonSchema: Record<string, unknown> }) => {
        jsonSchema['contentMediaType'] = 'text/event-stream';
        jsonSchema['contentSchema'] = { $ref: `#/components/schemas/${schemaName}` };
      },
    }),
    ...(Object.keys(examples).length > 0 ? { examples } : {}),
  },
});
