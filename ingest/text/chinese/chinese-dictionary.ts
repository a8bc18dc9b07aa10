import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { learnNameCharacters, type Syllables } from '../name-sounds.ts';
import { normalizeText } from '../normalize-text.ts';
import { type AlphabeticWord, contentWords } from '../stem-words.ts';

/** An English rendering of a Chinese word: its content words, and a weight in 0…1 that falls from sense to sense. */
export type Gloss = { words: AlphabeticWord[]; weight: number };

/**
 * What is taken from CC-CEDICT: words of two characters or more with their glosses, the commonest syllable of every character, and
 * the characters that write foreign names.
 */
export type ChineseDictionary = { glosses: ReadonlyMap<string, Gloss[]>; syllables: Syllables; nameCharacters: ReadonlySet<string> };

const fileSchema = z.object({ all: z.array(z.array(z.unknown())) });
const definitionsSchema = z.union([z.string(), z.array(z.string())]);

/** Each further sense of a word counts a tenth less (retrieval study: “senses decayed .9”). */
const SENSE_DECAY = 0.9;
const LONGEST_GLOSS = 5;
const FOREIGN_NAME = /^\p{Lu}\p{Ll}+(?=$| \(|,)/u;

type Entry = { word: string; pinyin: string; definitions: string[] };

/**
 * Reads CC-CEDICT. Its data file is parsed as JSON: importing the package takes 5.7 s and 622 MB, reading the file 0.3 s.
 * Used at ingest only; what a document needs of it is stored with the index.
 */
export async function readChineseDictionary(): Promise<ChineseDictionary> {
  const entries = await readEntries();
  const syllables = commonestSyllables(entries);
  const names = entries.flatMap(({ word, pinyin, definitions }) => {
    const name = definitions.map((definition) => FOREIGN_NAME.exec(definition)?.[0]).find((found) => found !== undefined);
    // A rendering that only spells the syllables (Sichuan) is a Chinese name.
    return name === undefined || name.toLowerCase() === pinyin.toLowerCase().replace(/[\d\s]/g, '') ? [] : [[word, name] as const];
  });
  return { glosses: readGlosses(entries), syllables, nameCharacters: learnNameCharacters(names, syllables) };
}

async function readEntries(): Promise<Entry[]> {
  const source = await readFile(new URL('../data/all.js', import.meta.resolve('cc-cedict')), 'utf8');
  const { all } = fileSchema.parse(JSON.parse(source.slice(source.indexOf('{'), source.lastIndexOf('}') + 1)));
  return all.flatMap(([, word, pinyin, entry]) =>
    typeof word === 'string' && typeof pinyin === 'string' ? [{ word, pinyin, definitions: [definitionsSchema.parse(entry)].flat() }] : [],
  );
}

/** A character is read as in most of the words that it stands in. */
function commonestSyllables(entries: readonly Entry[]): Syllables {
  const counts = new Map<string, Map<string, number>>();
  for (const { word, pinyin } of entries) {
    const characters = [...word];
    const readings = pinyin.toLowerCase().replaceAll('u:', 'v').split(' ');
    if (readings.length !== characters.length) continue;
    for (const [index, character] of characters.entries()) {
      const syllable = readings[index]?.replace(/\d/g, '') ?? '';
      const ofCharacter = counts.get(character) ?? new Map<string, number>();
      counts.set(character, ofCharacter.set(syllable, (ofCharacter.get(syllable) ?? 0) + 1));
    }
  }
  const commonest = (ofCharacter: Map<string, number>) => [...ofCharacter].reduce((best, other) => (other[1] > best[1] ? other : best))[0];
  return new Map([...counts].map(([character, ofCharacter]) => [character, commonest(ofCharacter)]));
}

function readGlosses(entries: readonly Entry[]): Map<string, Gloss[]> {
  const dictionary = new Map<string, Gloss[]>();
  for (const { word, definitions } of entries) {
    if (word.length < 2) continue;
    const glosses = dictionary.get(word) ?? [];
    let weight = 1;
    for (const sense of definitions.flatMap((definition) => definition.split(/[;,]/))) {
      const words = contentWords(normalizeText(withoutRemarks(sense)), 'en');
      if (words.length === 0 || words.length > LONGEST_GLOSS) continue;
      glosses.push({ words, weight });
      weight *= SENSE_DECAY;
    }
    if (glosses.length > 0) dictionary.set(word, glosses);
  }
  return dictionary;
}

/** Drops what describes the word instead of rendering it: (remarks), [pinyin], “CL:…”, “abbr. for …”. */
const withoutRemarks = (sense: string) =>
  sense.replace(/\([^()]{0,80}\)|\[[^[\]]{0,40}\]|CL:.*|(?:abbr\.|variant|old variant|see) .*|\p{Script=Han}+/gu, ' ');
