import { idf } from '@node-rs/jieba/dict.js';

let table: Map<string, number> | undefined;

function readTable(): Map<string, number> {
  const inverseFrequencies = new Map<string, number>();
  for (const line of new TextDecoder().decode(idf).split('\n')) {
    const space = line.lastIndexOf(' ');
    if (space > 0) inverseFrequencies.set(line.slice(0, space), Number(line.slice(space + 1)));
  }
  return inverseFrequencies;
}

/** idf of a word that the table does not know: names and rare words, at the table's median (11.95). */
const UNKNOWN_WORD = 11.95;

/** Whether general Chinese text has the word. */
export function isGeneralWord(word: string): boolean {
  table ??= readTable();
  return table.has(word);
}

/**
 * How much a Chinese word says, 0.07…1.26, from its inverse document frequency in general Chinese text: a corpus of
 * sixty paragraphs cannot tell 的 from 引水. clip(idf / 8, .05, 1.6)^.5 as measured in the retrieval study.
 */
export function backgroundWeight(word: string): number {
  table ??= readTable();
  const inverseFrequency = table.get(word) ?? UNKNOWN_WORD;
  return Math.sqrt(Math.min(1.6, Math.max(0.05, inverseFrequency / 8)));
}
