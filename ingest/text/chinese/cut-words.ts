import { createRequire } from 'node:module';
import type { WordDictionary } from './word-dictionary.ts';

/** What jieba takes for words: Han characters, and letters, digits and marks of ASCII. All else stands for itself. */
const BLOCK =
  /[\u{3400}-\u{4DBF}\u{4E00}-\u{9FFF}\u{F900}-\u{FAFF}\u{20000}-\u{2A6DF}\u{2A700}-\u{2B73F}\u{2B740}-\u{2B81F}\u{2B820}-\u{2CEAF}\u{2CEB0}-\u{2EBEF}\u{2F800}-\u{2FA1F}a-zA-Z0-9+#&._%-]+/gu;
const BESIDE_BLOCKS = /\r\n|./gsu;
const LETTERS_AND_DIGITS = /^[a-zA-Z0-9]+$/;

const require = createRequire(import.meta.url);

/** Without a dictionary jieba cuts by its hidden Markov model alone. */
function loadModel() {
  const { Jieba }: typeof import('@node-rs/jieba') = require('@node-rs/jieba');
  return new Jieba();
}

let unknownWords: ReturnType<typeof loadModel> | undefined;

/**
 * Cuts a text into words as jieba does, to the letter: the likeliest sequence of dictionary words, and where that leaves single
 * characters side by side, words by jieba's own hidden Markov model.
 * @param findsUnknown whether that model is asked; else letters and digits are joined and all other characters left alone
 */
export function cutWords(text: string, dictionary: WordDictionary, findsUnknown: boolean): string[] {
  const words: string[] = [];
  let done = 0;
  for (const { 0: block, index } of text.matchAll(BLOCK)) {
    cutBeside(text.slice(done, index), words);
    words.push(...(findsUnknown ? recallBlock(block, dictionary) : cutBlock(block, dictionary, false)));
    done = index + block.length;
  }
  cutBeside(text.slice(done), words);
  return words;
}

function cutBeside(stretch: string, words: string[]): void {
  // Mostly a comma or a space.
  if (stretch.length === 1) words.push(stretch);
  else for (const [beside] of stretch.matchAll(BESIDE_BLOCKS)) words.push(beside);
}

const LONGEST_REMEMBERED = 64;
const MOST_REMEMBERED = 256;
const remembered = new WeakMap<WordDictionary, Map<string, readonly string[]>>();

/** To correct, weigh and embed a question, its words are asked for three times and more: the last blocks are remembered. */
function recallBlock(block: string, dictionary: WordDictionary): readonly string[] {
  if (block.length > LONGEST_REMEMBERED) return cutBlock(block, dictionary, true);
  const blocks = remembered.get(dictionary) ?? new Map<string, readonly string[]>();
  const known = blocks.get(block);
  if (known !== undefined) return known;
  const words = cutBlock(block, dictionary, true);
  if (blocks.size >= MOST_REMEMBERED) blocks.clear();
  blocks.set(block, words);
  remembered.set(dictionary, blocks);
  return words;
}

function cutBlock(block: string, dictionary: WordDictionary, findsUnknown: boolean): string[] {
  const words: string[] = [];
  const ends = likeliestEnds(block, dictionary);
  /** Where single characters side by side began; −1 where there are none. */
  let singles = -1;
  const closeSingles = (end: number) => {
    if (singles >= 0) words.push(...(findsUnknown ? cutSingles(block.slice(singles, end), dictionary) : [block.slice(singles, end)]));
    singles = -1;
  };
  for (let at = 0; at < block.length; at = ends[at] ?? block.length) {
    const word = block.slice(at, ends[at]);
    const isSingle = word.length === characterLength(block, at);
    if (isSingle && (findsUnknown || LETTERS_AND_DIGITS.test(word))) {
      if (singles < 0) singles = at;
      continue;
    }
    closeSingles(at);
    words.push(word);
  }
  closeSingles(block.length);
  return words;
}

/** Where the word that begins at each place ends, in the likeliest sequence of words; of equals the longer word. */
function likeliestEnds(block: string, dictionary: WordDictionary): Uint32Array {
  const ends = new Uint32Array(block.length);
  const scores = new Float64Array(block.length + 1);
  for (let start = block.length - 1; start >= 0; start--) {
    const next = start + characterLength(block, start);
    let best = Number.NEGATIVE_INFINITY;
    let bestEnd = 0;
    dictionary.forEachAt(block, start, (end, logShare) => {
      const score = logShare + (scores[end] ?? 0);
      if (score < best) return;
      best = score;
      bestEnd = end;
    });
    ends[start] = bestEnd === 0 ? next : bestEnd;
    scores[start] = bestEnd === 0 ? dictionary.logShareOfUnknown + (scores[next] ?? 0) : best;
  }
  return ends;
}

/** Single characters that together are a word after all stay single: their sequence is likelier. */
function cutSingles(run: string, dictionary: WordDictionary): string[] {
  if (run.length === characterLength(run, 0)) return [run];
  if (dictionary.tagOf(run) !== undefined) return [...run];
  // So says the model, too; asking it takes 2 µs.
  if (LETTERS_AND_DIGITS.test(run)) return [run];
  unknownWords ??= loadModel();
  return unknownWords.cut(run, true);
}

/** 2 UTF-16 units for a character beyond the basic plane. */
const characterLength = (text: string, at: number): number => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
