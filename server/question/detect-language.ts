import { isTraditional } from '../../ingest/text/normalize-text.ts';
import type { Language } from '../wire.ts';

const KAZAKH_LETTERS = /[әіңғүұқөһ]/iu;

/** How many characters the runs of a script have together: whole runs are found faster than characters. */
function countOf(text: string, runs: RegExp): number {
  let count = 0;
  for (const run of text.match(runs) ?? []) count += run.length - (run.match(HIGH_SURROGATES)?.length ?? 0);
  return count;
}
const HIGH_SURROGATES = /[\ud800-\udbff]/g;

/** A Han character says about as much as a short word of letters. */
const LETTERS_PER_HAN = 4;

/** The language that a question is written in, or `undefined` where it has no letters to tell by. */
export function detectLanguage(question: string): Language | undefined {
  const han = countOf(question, /\p{Script=Han}+/gu) * LETTERS_PER_HAN;
  const cyrillic = countOf(question, /\p{Script=Cyrillic}+/gu);
  const latin = countOf(question, /\p{Script=Latin}+/gu);
  if (han + cyrillic + latin === 0) return undefined;
  if (han >= Math.max(cyrillic, latin)) return isTraditional(question) ? 'zh-Hant' : 'zh-Hans';
  if (cyrillic >= latin) return KAZAKH_LETTERS.test(question) ? 'kk' : 'ru';
  return 'en';
}
