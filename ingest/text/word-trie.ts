const ROOT = 0;
const NO_WORDS: readonly string[] = [];
/** At most this share of the table is filled. */
const FILLED = 0.5;

/** By place: the place of the beginning that is one character shorter, the last character, and whether it is a whole word. */
export type TrieTables = { parents: Uint32Array; characters: Uint16Array; isWord: Uint8Array };

function emptyTables(words: readonly string[]): TrieTables {
  const beginnings = words.reduce((sum, { length }) => sum + length, 1);
  const places = 2 ** Math.ceil(Math.log2(beginnings / FILLED));
  return { parents: new Uint32Array(places), characters: new Uint16Array(places), isWord: new Uint8Array(places) };
}

/**
 * A list of words, by their beginnings, that finds all which stand in a text: one step a character, where looking up each stretch of a
 * text in a `Map` cuts and hashes a string. A beginning is a place of a hash table; from it a further character leads to the next.
 */
export class WordTrie {
  readonly #parents: Uint32Array;
  readonly #characters: Uint16Array;
  readonly #isWord: Uint8Array;

  /** @param words of UTF-16 code units, of which shorter ones than two are left out; or what another trie gave */
  constructor(words: readonly string[] | TrieTables) {
    const tables = 'parents' in words ? words : emptyTables(words);
    this.#parents = tables.parents;
    this.#characters = tables.characters;
    this.#isWord = tables.isWord;
    if (!('parents' in words)) for (const word of words) if (word.length > 1) this.#insert(word);
  }

  /** What it consists of, to be sent to another thread. */
  get tables(): TrieTables {
    return { parents: this.#parents, characters: this.#characters, isWord: this.#isWord };
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
