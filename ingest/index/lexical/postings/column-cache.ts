import { LRUCache } from 'lru-cache';

/**
 * Columns kept at hand: those of the words that everybody asks with. The room of the one longest unused is used anew, because to get
 * room of this size from the system takes longer than to fill it; so a column is lent, until the next one is made.
 */
export class ColumnCache<Column extends Uint8Array | Float32Array> {
  readonly #columns: LRUCache<number, Column>;
  readonly #make: () => Column;
  #free: Column | undefined;

  constructor(most: number, make: () => Column) {
    this.#columns = new LRUCache({
      max: most,
      dispose: (column) => {
        this.#free = column;
      },
    });
    this.#make = make;
  }

  /** The column of a key; `fill` writes it into an empty one where it is not at hand. */
  get(key: number, fill: (column: Column) => void): Column {
    const known = this.#columns.get(key);
    if (known !== undefined) return known;
    const column = this.#free ?? this.#make();
    if (column === this.#free) column.fill(0);
    this.#free = undefined;
    fill(column);
    this.#columns.set(key, column);
    return column;
  }
}
