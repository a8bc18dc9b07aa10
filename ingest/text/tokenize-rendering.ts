import { stemTerm } from './expand-meanings.ts';
import { normalizeText } from './normalize-text.ts';
import { contentWords } from './stem-words.ts';
import { ALPHABETIC_LANGUAGES } from './term-base.ts';
import { bigramsOf, wordsOf } from './tokenize-text.ts';

/**
 * Terms of the rendering view: stems and pairs of neighbouring stems in an alphabetic language, words and bigrams in Chinese.
 * @param language BCP 47 tag of the rendering
 */
export function tokenizeRendering(text: string, language: string): string[] {
  const normalised = normalizeText(text);
  const alphabetic = ALPHABETIC_LANGUAGES.find((candidate) => language.startsWith(candidate));
  if (!alphabetic) return [...new Set([...wordsOf(normalised), ...bigramsOf(normalised)])];
  const stems = contentWords(normalised, alphabetic).map(({ stem }) => stem);
  const pairs = stems.slice(1).map((stem, index) => `${stems[index]} ${stem}`);
  return [...stems, ...pairs].map((key) => stemTerm(alphabetic, key));
}
