import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { abstentionReasonSchema, documentIdsSchema, languageSchema, turnSchema } from '../../server/wire.ts';

/** `<documentId>#<paragraphId>` */
const places = z.array(z.string().regex(/^[a-z0-9-]+#[a-z0-9-]+$/));

const severalCaseSchema = z.strictObject({
  id: z.string(),
  language: languageSchema,
  kind: z.string(),
  half: z.enum(['tuning', 'reporting']),
  question: z.string(),
  history: z.array(turnSchema).optional(),
  documentIds: documentIdsSchema.optional(),
  expect: z.discriminatedUnion('status', [
    /** What the right answer cites (all of it), may cite as well and must contain: each fact is a list of alternatives. */
    z.strictObject({
      status: z.literal('answered'),
      cites: places.min(1),
      acceptable: places.default([]),
      facts: z.array(z.array(z.string().min(1)).min(1)).default([]),
    }),
    z.strictObject({ status: z.literal('abstained'), reasons: z.array(abstentionReasonSchema).min(1) }),
  ]),
});

/** One expectation over documents that are sisters: the right words of the right year. */
export type SeveralCase = z.infer<typeof severalCaseSchema>;

export const readSeveralCases = async (file: string): Promise<SeveralCase[]> =>
  z.array(severalCaseSchema).parse(JSON.parse(await readFile(file, 'utf8')));
