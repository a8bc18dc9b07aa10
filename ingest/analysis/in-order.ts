/**
 * Works on items side by side, at most so many at a time, and gives the results in the order of the items. What is not taken yet counts
 * as work: whoever takes slowly holds the others up, and no more than `most` results ever lie about.
 */
export async function* inOrder<Item, Result>(
  items: Iterable<Item>,
  most: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const begun: Promise<Result>[] = [];
  try {
    for (const item of items) {
      const result = work(item);
      // It is told when its turn comes; until then Node would take a failure for one that nobody hears of.
      result.catch(() => {});
      begun.push(result);
      const first = begun.length >= most ? begun.shift() : undefined;
      if (first) yield await first;
    }
    for (let first = begun.shift(); first; first = begun.shift()) yield await first;
  } finally {
    // Nothing goes on behind the back of whoever gave up.
    await Promise.allSettled(begun);
  }
}
