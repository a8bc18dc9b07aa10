/** What is remembered of one kind: the words of questions come up again and again, and an index is there for long. */
const MOST_WORDS = 20_000;

/**
 * What was found out about words, or about what else is looked up again and again. Kept in two halves: when one is full, the other is given
 * up. (An LRU cache took 4 % of answering; which word goes first matters little.)
 */
export class WordMemory<Found extends object | string, Word extends string | number = string> {
  #newer = new Map<Word, Found>();
  #older = new Map<Word, Found>();

  recall(word: Word, find: () => Found): Found {
    const known = this.#newer.get(word);
    if (known !== undefined) return known;
    const found = this.#older.get(word) ?? find();
    if (this.#newer.size >= MOST_WORDS / 2) {
      this.#older = this.#newer;
      this.#newer = new Map();
    }
    this.#newer.set(word, found);
    return found;
  }
}

/** A memory for each index: what it knows of words goes when the index goes. */
export class IndexMemory<Found extends object | string, Word extends string | number = string> {
  readonly #memories = new WeakMap<object, WordMemory<Found, Word>>();

  recall(index: object, word: Word, find: () => Found): Found {
    let memory = this.#memories.get(index);
    if (memory === undefined) {
      memory = new WordMemory();
      this.#memories.set(index, memory);
    }
    return memory.recall(word, find);
  }
}
