import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { languageSchema, turnSchema } from '../../server/wire.ts';

const paragraphs = z.array(z.string());

/** What the right answer cites (`paragraphs`, all of them), may cite as well (`acceptable`) and must contain (`facts`). */
const answeredSchema = z.strictObject({
  status: z.literal('answered'),
  paragraphs,
  acceptable: paragraphs.default([]),
  /** Each fact is a list of alternatives, one of which must stand in the answer. */
  facts: z.array(z.array(z.string().min(1)).min(1)).default([]),
  /** Where no paragraph is mandatory (summaries): how many acceptable ones must be cited. */
  minimumParagraphs: z.number().int().min(1).optional(),
});

const abstainedSchema = z.strictObject({ status: z.literal('abstained'), nearest: paragraphs.default([]) });

const evalCaseSchema = z.strictObject({
  id: z.string(),
  kind: z.string(),
  half: z.enum(['tuning', 'reporting']),
  question: z.string(),
  history: z.array(turnSchema).optional(),
  expect: z.discriminatedUnion('status', [answeredSchema, abstainedSchema]),
});

/** A case as its file has it, without the lists that are empty by default. */
export type WrittenEvalCase = z.input<typeof evalCaseSchema>;

/** One expectation of the product, in one language. */
export type EvalCase = z.infer<typeof evalCaseSchema> & { language: z.infer<typeof languageSchema> };

/** Reads `<language>.json` of a folder, one file a language. */
export async function readEvalCases(folder: string): Promise<EvalCase[]> {
  const cases: EvalCase[] = [];
  for (const name of (await readdir(folder)).toSorted()) {
    if (!name.endsWith('.json')) continue;
    const language = languageSchema.parse(path.basename(name, '.json'));
    const parsed = z.array(evalCaseSchema).parse(JSON.parse(await readFile(path.join(folder, name), 'utf8')));
    cases.push(...parsed.map((evalCase) => ({ ...evalCase, language })));
  }
  return cases;
}
