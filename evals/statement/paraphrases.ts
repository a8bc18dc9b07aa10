import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { AnsweringDependencies } from '../../server/answering/answer-question.ts';
import { languageSchema } from '../../server/wire.ts';
import { askForBody } from './run-cases.ts';

const paraphraseSchema = z.strictObject({
  id: z.string(),
  language: languageSchema,
  half: z.enum(['tuning', 'reporting']),
  wordings: z.array(z.string()).length(3),
  paragraphs: z.array(z.string()).min(1),
});

/** The same want in three people's words, and the paragraphs any of which is the right one to cite. */
export type Paraphrase = z.infer<typeof paraphraseSchema>;

export const readParaphrases = async (file: string): Promise<Paraphrase[]> =>
  z.array(paraphraseSchema).parse(JSON.parse(await readFile(file, 'utf8')));

export type ParaphraseResult = { paraphrase: Paraphrase; cited: string[][]; isConsistent: boolean };

/** Asks every wording. A triple is consistent when one right paragraph is cited for all three wordings. */
export async function runParaphrases(paraphrases: readonly Paraphrase[], dependencies: AnsweringDependencies): Promise<ParaphraseResult[]> {
  const results: ParaphraseResult[] = [];
  for (const paraphrase of paraphrases) {
    const cited: string[][] = [];
    for (const question of paraphrase.wordings) {
      const { citations } = await askForBody({ question }, dependencies);
      cited.push([...new Set(citations.map(({ paragraphId }) => paragraphId))]);
    }
    const isConsistent = paraphrase.paragraphs.some((paragraphId) => cited.every((paragraphs) => paragraphs.includes(paragraphId)));
    results.push({ paraphrase, cited, isConsistent });
  }
  return results;
}
