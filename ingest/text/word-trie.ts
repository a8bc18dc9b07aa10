const ROOT = 0;
const NO_WORDS: readonly string[] = [];
/** At most this share of the table is filled. */
const FILLED = 0.5;

/**
 * A list of words, by their beginnings, that finds all which stand in a text: one step a character, where looking up each stretch of a
 * text in a `Map` cuts and hashes a string. A beginning is a place of a hash table; from it a further character leads to the next.
 */
export class WordTrie {
  readonly #parents: Uint32Array;
  readonly #characters: Uint16Array;
  readonly #isWord: Uint8Array;

  /** @param words of UTF-16 code units; shorter ones than two are left out */
  constructor(words: readonly string[]) {
    const beginnings = words.reduce((sum, { length }) => sum + length, 1);
    const places = 2 ** Math.ceil(Math.log2(beginnings / FILLED));
    this.#parents = new Uint32Array(places);
    this.#characters = new Uint16Array(places);
    this.#isWord = new Uint8Array(places);
    for (const word of words) if (word.length > 1) this.#insert(word);
  }

  /** The words that start at a place of the text, shortest first. */
  wordsAt(text: string, start: number): readonly string[] {
    let words: string[] | undefined;
    let place = ROOT;
    for (let at = start; at < text.length; at++) {
      place = this.#placeOf(place, text.charCodeAt(at));
      if (this.#characters[place] === 0) break;
      if (this.#isWord[place] !== 1) continue;
      words ??= [];
      words.push(text.slice(start, at + 1));
    }
    // At most places none does.
    return words ?? NO_WORDS;
  }

  #insert(word: string): void {
    let parent = ROOT;
    for (let index = 0; index < word.length; index++) {
      const character = word.charCodeAt(index);
      const place = this.#placeOf(parent, character);
      this.#parents[place] = parent;
      this.#characters[place] = character;
      parent = place;
    }
    this.#isWord[parent] = 1;
  }

  /** The place of the beginning that a character makes of another, or the empty place where it would be. */
  #placeOf(parent: number, character: number): number {
    const last = this.#parents.length - 1;
    const code = Math.imul(parent, 0x9e3779b1) ^ Math.imul(character, 0x85ebca6b);
    let place = (code ^ (code >>> 15)) & last;
    // The root's place is nobody else's; characters are above 0, so an empty place has none.
    while (place === ROOT || (this.#characters[place] !== 0 && (this.#characters[place] !== character || this.#parents[place] !== parent)))
      place = (place + 1) & last;
    return place;
  }
}
