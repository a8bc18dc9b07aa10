import { z } from 'zod';

export const problemSchema = z
  .object({
    type: z.string().describe('Always `about:blank`: `code` tells problems apart.'),
    title: z.string(),
    status: z.number().int().min(400).max(599).describe('The HTTP status.'),
    detail: z.string().describe('What is wrong, and what to do about it.'),
    code: z.string().describe('Stable; for programs.'),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details.' });
export type ProblemBody = z.infer<typeof problemSchema>;
