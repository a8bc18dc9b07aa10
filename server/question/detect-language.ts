import { isTraditional } from '../../ingest/text/normalize-text.ts';
import type { Language } from '../wire.ts';

const KAZAKH_LETTERS = /[әіңғүұқөһ]/iu;
const countOf = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/** A Han character says about as much as a short word of letters. */
const LETTERS_PER_HAN = 4;

/** The language that a question is written in, or `undefined` where it has no letters to tell by. */
export function detectLanguage(question: string): Language | undefined {
  const han = countOf(question, /\p{Script=Han}/gu) * LETTERS_PER_HAN;
  const cyrillic = countOf(question, /\p{Script=Cyrillic}/gu);
  const latin = countOf(question, /\p{Script=Latin}/gu);
  if (han + cyrillic + latin === 0) return undefined;
  if (han >= Math.max(cyrillic, latin)) return isTraditional(question) ? 'zh-Hant' : 'zh-Hans';
  if (cyrillic >= latin) return KAZAKH_LETTERS.test(question) ? 'kk' : 'ru';
  return 'en';
}
